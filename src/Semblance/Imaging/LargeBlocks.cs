namespace Semblance.Imaging;

/// <summary>
/// Memory of large pictures that lies ready for the next one. As garbage it would stay until the collector looks at everything, and some
/// pictures one after another would fill the machine; a pool with a shelf for each size would hold as much. What lies ready and what is in
/// use are together never more than what was in use at one time within the last seconds.
/// </summary>
internal sealed class LargeBlocks(TimeProvider clock)
{
    /// <summary>A larger block is left to the garbage collector: 64 million pixels of four bytes.</summary>
    private const int Largest = 256 << 20;

    /// <summary>Sizes are multiples of it, so that a block serves pictures of about its size.</summary>
    private const int Step = 16 << 20;

    /// <summary>What was in use is remembered for this time, and for as much again at most.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();

    /// <summary>The smallest first.</summary>
    private readonly List<byte[]> _free = [];
    private long _used,
        _ready,
        _most,
        _mostBefore,
        _since = clock.GetTimestamp();
    private ITimer? _timer;

    /// <summary>That of the process.</summary>
    public static LargeBlocks Shared { get; } = new(TimeProvider.System);

    /// <summary>Bytes that lie ready.</summary>
    public long Ready
    {
        get
        {
            lock (_gate)
                return _ready;
        }
    }

    /// <summary>A block of at least a length; what it holds is left from another picture.</summary>
    public byte[] Rent(int length)
    {
        if (length > Largest)
            return GC.AllocateUninitializedArray<byte>(length);
        int size = (length + Step - 1) / Step * Step;
        byte[]? block = null;
        lock (_gate)
        {
            int found = _free.FindIndex(free => free.Length >= length);
            if (found >= 0)
            {
                block = _free[found];
                size = block.Length;
                _free.RemoveAt(found);
                _ready -= size;
            }
            Use(size);
        }
        if (block is not null)
            return block;
        try
        {
            return GC.AllocateUninitializedArray<byte>(size);
        }
        catch (OutOfMemoryException)
        {
            lock (_gate)
                Use(-size);
            throw;
        }
    }

    /// <summary>Takes a block back.</summary>
    public void Return(byte[] block)
    {
        if (block.Length > Largest)
            return;
        lock (_gate)
        {
            int place = _free.FindIndex(other => other.Length >= block.Length);
            _free.Insert(place < 0 ? _free.Count : place, block);
            _ready += block.Length;
            Use(-block.Length);
            if (_ready > 0)
                _timer ??= clock.CreateTimer(_ => LookAgain(), null, Recent, Recent);
        }
    }

    private void Use(int bytes)
    {
        Turn();
        _used += bytes;
        _most = Math.Max(_most, _used);
        Trim();
    }

    /// <summary>Forgets what was in use long ago.</summary>
    private void Turn()
    {
        TimeSpan passed = clock.GetElapsedTime(_since);
        if (passed < Recent)
            return;
        (_mostBefore, _most) = (passed < 2 * Recent ? _most : _used, _used);
        _since = clock.GetTimestamp();
    }

    /// <summary>What is more goes, the smallest first.</summary>
    private void Trim()
    {
        long possible = Math.Max(_most, _mostBefore);
        while (_free.Count > 0 && _used + _ready > possible)
        {
            _ready -= _free[0].Length;
            _free.RemoveAt(0);
        }
    }

    /// <summary>Nothing comes by itself where no more pictures come.</summary>
    private void LookAgain()
    {
        lock (_gate)
        {
            long before = _ready;
            Turn();
            Trim();
            if (_ready > 0)
                return;
            _timer?.Dispose();
            _timer = null;
            if (before == 0)
                return;
        }
        // Where nothing is done the collector would not look, and the memory stay with the process.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
    }
}
