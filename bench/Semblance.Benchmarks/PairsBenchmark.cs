using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Semblance.Evaluation.Comparisons;

namespace Semblance.Benchmarks;

/// <summary>All pairs of a set, with who they are, against the bare inner products of the same pairs.</summary>
internal static class PairsBenchmark
{
    private const int Dimension = 512,
        Rounds = 3;

    public static void Run(int faces)
    {
        Random random = new(1);
        ComparedFace[] set =
        [
            .. Enumerable.Range(0, faces).Select(i => new ComparedFace($"{i}", $"{i}", new(Direction(random), 1, "random", "random/1"))),
        ];
        long pairs = (long)faces * (faces - 1) / 2,
            before = GC.GetTotalMemory(forceFullCollection: true);
        double bare = double.PositiveInfinity,
            whole = double.PositiveInfinity;
        // In turn, and the least of each: what else the machine does meanwhile slows both.
        for (int round = 0; round < Rounds; round++)
        {
            bare = Math.Min(bare, Time(() => (object)Products(set)));
            whole = Math.Min(whole, Time(() => AllPairsSet.Compare(set, new() { Threads = 1 })));
        }
        Console.WriteLine($"{pairs:N0} comparisons of {Dimension} numbers on one thread, processor time, least of {Rounds}");
        Console.WriteLine($"one pass: bare inner products, row by row  {bare:0.0} s, {1e9 * bare / pairs:0.0} ns each");
        Console.WriteLine(
            $"two passes: scores counted, top kept       {whole:0.0} s, {1e9 * whole / pairs:0.0} ns each, {whole / bare:0.00} of the time"
        );
        Console.WriteLine(
            $"held by the set of faces {before / 1e6:0} MB, highest memory of the process "
                + $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"
        );
    }

    private static float[] Direction(Random random)
    {
        float[] x = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
        float length = MathF.Sqrt(x.Sum(v => v * v));
        return [.. x.Select(v => v / length)];
    }

    private static double Products(ComparedFace[] set)
    {
        double sum = 0;
        for (int i = 0; i < set.Length; i++)
        {
            ReadOnlySpan<Vector<float>> row = MemoryMarshal.Cast<float, Vector<float>>(set[i].Embedding.Vector.Span);
            for (int j = i + 1; j < set.Length; j++)
            {
                ReadOnlySpan<Vector<float>> other = MemoryMarshal.Cast<float, Vector<float>>(set[j].Embedding.Vector.Span);
                Vector<float> product = Vector<float>.Zero;
                for (int k = 0; k < row.Length && k < other.Length; k++)
                    product += row[k] * other[k];
                sum += Vector.Sum(product);
            }
        }
        return sum;
    }

    /// <summary>Processor time of the process, so that other programs do not count.</summary>
    private static double Time(Func<object> work)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        _ = work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }
}
