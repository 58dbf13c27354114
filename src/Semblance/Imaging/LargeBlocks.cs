namespace Semblance.Imaging;

/// <summary>
/// Memory of large pictures that lies ready for the next one. As garbage it would stay until the collector looks at everything, and some
/// pictures one after another would fill the machine; a pool with a shelf for each size would hold as much.
/// </summary>
internal sealed class LargeBlocks
{
    /// <summary>A larger block is left to the garbage collector: 64 million pixels of four bytes.</summary>
    private const int Largest = 256 << 20;

    /// <summary>Bytes that lie ready at most: one picture of 40 million pixels and another of 20.</summary>
    private const long Ready = 240L << 20;

    /// <summary>Sizes are multiples of it, so that a block serves pictures of about its size.</summary>
    private const int Step = 16 << 20;

    private readonly Lock _gate = new();

    /// <summary>The smallest first.</summary>
    private readonly List<byte[]> _free = [];

    /// <summary>That of the process.</summary>
    public static LargeBlocks Shared { get; } = new();

    /// <summary>A block of at least a length; what it holds is left from another picture.</summary>
    public byte[] Rent(int length)
    {
        lock (_gate)
        {
            int found = _free.FindIndex(block => block.Length >= length);
            if (found >= 0)
            {
                byte[] block = _free[found];
                _free.RemoveAt(found);
                return block;
            }
        }
        int size = length <= Largest ? (length + Step - 1) / Step * Step : length;
        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes a block back; what is more than may lie ready goes, the smallest first.</summary>
    public void Return(byte[] block)
    {
        if (block.Length > Largest)
            return;
        lock (_gate)
        {
            int place = _free.FindIndex(other => other.Length >= block.Length);
            _free.Insert(place < 0 ? _free.Count : place, block);
            while (_free.Sum(other => (long)other.Length) > Ready)
                _free.RemoveAt(0);
        }
    }
}
