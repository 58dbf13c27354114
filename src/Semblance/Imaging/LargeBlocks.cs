namespace Semblance.Imaging;

/// <summary>
/// Memory of large pictures that lies ready for the next one. As garbage it would stay until the collector looks at everything, and some
/// pictures one after another would fill the machine; a pool with a shelf for each size would hold as much. What lies ready is never more
/// than <see cref="MostReady"/>, and together with what is in use never more than was in use at one time within the last seconds.
/// </summary>
internal sealed class LargeBlocks(TimeProvider clock)
{
    /// <summary>A larger block is left to the garbage collector: 64 million pixels of four bytes.</summary>
    private const int Largest = 256 << 20;

    /// <summary>Bytes that lie ready at most: a picture of 40 million pixels. A decoder may need more beside the pixels.</summary>
    public const int MostReady = 160 << 20;

    /// <summary>Bytes that lie ready with the machine's memory behind them, so that photographs of the usual size need not wait for it
    /// again.</summary>
    private const int Warm = 64 << 20;

    /// <summary>Sizes are multiples of it, so that a block serves pictures of about its size.</summary>
    private const int Step = 16 << 20;

    /// <summary>What was in use is remembered for this time, and for as much again at most.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of blocks that went, beyond which the collector is told: by itself it looks at everything when the machine's memory
    /// gets short, and not before.</summary>
    private const long Collected = 64L << 20;

    private readonly Lock _gate = new();

    /// <summary>The smallest first.</summary>
    private readonly List<byte[]> _free = [];
    private long _used,
        _ready,
        _gone,
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
            Collect(Collected);
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
        if (block.Length > Warm - Ready)
            PhysicalMemory.GiveBack(block);
        lock (_gate)
            if (block.Length > Largest)
                _gone += block.Length;
            else
                Keep(block);
        Collect(Collected);
    }

    private void Keep(byte[] block)
    {
        int place = _free.FindIndex(other => other.Length >= block.Length);
        _free.Insert(place < 0 ? _free.Count : place, block);
        _ready += block.Length;
        Use(-block.Length);
        if (_ready > 0)
            _timer ??= clock.CreateTimer(_ => LookAgain(), null, Recent, Recent);
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
        while (_free.Count > 0 && (_ready > MostReady || _used + _ready > possible))
        {
            _ready -= _free[0].Length;
            _gone += _free[0].Length;
            _free.RemoveAt(0);
        }
    }

    /// <summary>Nothing comes by itself where no more pictures come.</summary>
    private void LookAgain()
    {
        lock (_gate)
        {
            Turn();
            Trim();
            if (_ready == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
        Collect(1);
    }

    /// <summary>Has the memory of blocks that went given back, where there are enough.</summary>
    private void Collect(long least)
    {
        lock (_gate)
        {
            if (_gone < least)
                return;
            _gone = 0;
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }
}
