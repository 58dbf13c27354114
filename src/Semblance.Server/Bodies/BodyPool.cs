using System.Numerics;

namespace Semblance.Server.Bodies;

/// <summary>
/// Memory of bodies. A block comes back when its request has ended and serves another one, so that bodies of some megabytes leave no
/// garbage that lies until the collector looks at everything. What it held is cleared first: it is pictures of people.
/// </summary>
/// <param name="ready">Bytes that lie ready at most; what comes back beyond them goes.</param>
internal sealed class BodyPool(long ready = BodyPool.DefaultReady)
{
    /// <summary>One request of the largest size.</summary>
    private const long DefaultReady = 64L << 20;

    private const int Smallest = 16 << 10,
        Step = 1 << 20;

    private readonly Lock _gate = new();

    /// <summary>The smallest first.</summary>
    private readonly List<byte[]> _free = [];
    private long _ready;

    /// <summary>Bytes that lie ready.</summary>
    public long Ready
    {
        get
        {
            lock (_gate)
                return _ready;
        }
    }

    /// <summary>A block of at least a length, all zeros or never read.</summary>
    public byte[] Rent(int length)
    {
        int size = SizeOf(length);
        lock (_gate)
        {
            int found = FirstOfAtLeast(size);
            // One that is much larger waits for a body of its size.
            if (found < _free.Count && _free[found].Length / 2 <= size)
            {
                byte[] block = _free[found];
                _free.RemoveAt(found);
                _ready -= block.Length;
                return block;
            }
        }
        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes a block back.</summary>
    /// <param name="block">The block.</param>
    /// <param name="used">Bytes at its beginning that were written.</param>
    public void Return(byte[] block, int used)
    {
        block.AsSpan(0, used).Clear();
        lock (_gate)
        {
            if (_ready + block.Length > ready)
                return;
            _free.Insert(FirstOfAtLeast(block.Length), block);
            _ready += block.Length;
        }
    }

    /// <summary>Powers of two, and beyond a megabyte whole megabytes, so that a block serves bodies of about its size.</summary>
    private static int SizeOf(int length) =>
        length <= Step ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, Smallest))
        : length <= Array.MaxLength - Step ? (length + Step - 1) / Step * Step
        : length;

    private int FirstOfAtLeast(int size)
    {
        int low = 0,
            high = _free.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_free[middle].Length < size)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
