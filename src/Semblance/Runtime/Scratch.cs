using System.Buffers;

namespace Semblance.Runtime;

/// <summary>Memory for what networks are given and how faces are sorted out. The runtime's shared pool keeps arrays for every thread that
/// ever returned one, a hundred megabytes where many threads take turns; this one keeps some of each size for all of them.</summary>
internal static class Scratch
{
    /// <summary>Longer ones are not kept: 8 MB.</summary>
    private const int Longest = 1 << 21;

    /// <summary>Of the runs that go on at the same time, one for each processor takes most of it.</summary>
    private static readonly int OfEachSize = Math.Clamp(Environment.ProcessorCount, 2, 16);

    public static ArrayPool<float> Floats { get; } = ArrayPool<float>.Create(Longest, OfEachSize);

    /// <summary>Memory of any length until it is disposed of: from the pool, or where it is long from the system, to which it goes back at
    /// once.</summary>
    /// <param name="length">How many numbers.</param>
    public static IMemoryOwner<float> Rent(int length) => length > Longest ? new NativeFloats(length) : new Pooled(length);

    private sealed class Pooled(int length) : IMemoryOwner<float>
    {
        private float[]? _array = Floats.Rent(length);

        public Memory<float> Memory => new(_array ?? throw new ObjectDisposedException(nameof(Scratch)), 0, length);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _array, null) is { } array)
                Floats.Return(array);
        }
    }
}
