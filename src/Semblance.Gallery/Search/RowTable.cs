namespace Semblance.Gallery.Search;

/// <summary>
/// Which id is in which row. Rows are never moved, so that a running search misses nothing: a removed row is free until the next new id
/// takes it. Open addressing over row numbers, 8 bytes a row at most beside the id itself. Not thread-safe.
/// </summary>
internal sealed class RowTable
{
    private const int Empty = -1;
    private const int SegmentRows = ChunkedVectorIndex.ChunkRows;

    private readonly List<long[]> _ids = [];
    private readonly Stack<int> _free = [];
    private int[] _slots;
    private int _mask;

    public RowTable()
    {
        _slots = new int[16];
        Array.Fill(_slots, Empty);
        _mask = _slots.Length - 1;
    }

    /// <summary>Ids held.</summary>
    public int Count { get; private set; }

    /// <summary>Rows ever used; free ones among them.</summary>
    public int RowLimit { get; private set; }

    public long IdOf(int row) => _ids[row / SegmentRows][row % SegmentRows];

    /// <summary>The row of an id, or -1.</summary>
    public int Find(long id)
    {
        for (int slot = Hash(id) & _mask; _slots[slot] != Empty; slot = (slot + 1) & _mask)
            if (IdOf(_slots[slot]) == id)
                return _slots[slot];
        return -1;
    }

    /// <summary>Gives a new id a row.</summary>
    public int Add(long id)
    {
        if ((Count + 1) * 2L > _slots.Length)
            Grow();
        if (!_free.TryPop(out int row))
        {
            row = RowLimit++;
            if (row / SegmentRows == _ids.Count)
                _ids.Add(new long[SegmentRows]);
        }
        _ids[row / SegmentRows][row % SegmentRows] = id;
        Insert(id, row);
        Count++;
        return row;
    }

    /// <summary>Frees the row of an id.</summary>
    /// <returns>The row, or -1 when the id is unknown.</returns>
    public int Remove(long id)
    {
        int slot = Hash(id) & _mask;
        while (_slots[slot] != Empty && IdOf(_slots[slot]) != id)
            slot = (slot + 1) & _mask;
        int row = _slots[slot];
        if (row == Empty)
            return -1;
        CloseGap(slot);
        _free.Push(row);
        Count--;
        return row;
    }

    /// <summary>Moves later entries of the probe sequence forward, so that no marker of deletion is needed (Knuth, TAOCP 3, 6.4, algorithm
    /// R).</summary>
    private void CloseGap(int gap)
    {
        for (int next = (gap + 1) & _mask; _slots[next] != Empty; next = (next + 1) & _mask)
        {
            int home = Hash(IdOf(_slots[next])) & _mask;
            if (((next - home) & _mask) < ((next - gap) & _mask))
                continue;
            _slots[gap] = _slots[next];
            gap = next;
        }
        _slots[gap] = Empty;
    }

    private void Grow()
    {
        int[] old = _slots;
        _slots = new int[old.Length * 2];
        Array.Fill(_slots, Empty);
        _mask = _slots.Length - 1;
        foreach (int row in old)
            if (row != Empty)
                Insert(IdOf(row), row);
    }

    private void Insert(long id, int row)
    {
        int slot = Hash(id) & _mask;
        while (_slots[slot] != Empty)
            slot = (slot + 1) & _mask;
        _slots[slot] = row;
    }

    /// <summary>Fibonacci hashing: the high bits of a product with 2^64 over the golden ratio.</summary>
    private static int Hash(long id) => (int)((ulong)id * 0x9E3779B97F4A7C15 >> 32);
}
