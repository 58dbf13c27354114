using System.Buffers;

namespace Semblance.Runtime;

/// <summary>Memory for what networks are given and how faces are sorted out. The runtime's shared pool keeps arrays for every thread that
/// ever returned one, a hundred megabytes where many threads take turns; this one keeps some of each size for all of them.</summary>
internal static class Scratch
{
    /// <summary>Longer ones are left to the garbage collector: 8 MB.</summary>
    private const int Longest = 1 << 21;

    /// <summary>Of the runs that go on at the same time, one for each processor takes most of it.</summary>
    private static readonly int OfEachSize = Math.Clamp(Environment.ProcessorCount, 2, 16);

    public static ArrayPool<float> Floats { get; } = ArrayPool<float>.Create(Longest, OfEachSize);
}
