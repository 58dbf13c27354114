using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Semblance.Gallery.Search;

namespace Semblance.Benchmarks;

/// <summary>
/// Times searches as multiples of one pass over the float32 vectors by as many threads, in rounds that take turns, so that a busy machine
/// slows both; processor time is printed too, which leaves out what others take. Half of the probes are of people in the gallery (cosine
/// about 0.6), half of strangers. Every result is compared with the
/// float32 index, bit by bit.
/// </summary>
internal static unsafe class SearchComparison
{
    private const int Dimension = 512,
        Batch = 32,
        Rounds = 9,
        PhotographsAPerson = 5;

    public static void Run(int count)
    {
        string file = Path.Combine(Path.GetTempPath(), $"semblance-search-{Environment.ProcessId}.f32");
        float* vectors = (float*)NativeMemory.AlignedAlloc((nuint)count * Dimension * sizeof(float), 64);
        try
        {
            float[] probes = SyntheticGallery.Fill(vectors, count, Dimension, PhotographsAPerson, Batch);
            using MappedVectors mapped = MappedVectors.Create(file, vectors, count, Dimension);
            using Int8VectorIndex quantised = new(Dimension, mapped);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            double seconds = Fill(quantised, vectors, count);
            Console.WriteLine(
                $"{count:N0} references of {Dimension}: int8 index {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} "
                    + $"MB, filled in {seconds:F1} s"
            );
            using FloatVectorIndex exact = new(Dimension);
            Fill(exact, vectors, count);
            Compare(exact, quantised, probes, mapped);
            foreach (int threads in (int[])[1, Environment.ProcessorCount])
                Time(threads, vectors, count, exact, quantised, probes);
        }
        finally
        {
            NativeMemory.AlignedFree(vectors);
            File.Delete(file);
        }
    }

    private static double Fill(ChunkedVectorIndex index, float* vectors, int count)
    {
        const int Block = 8192;
        long start = Stopwatch.GetTimestamp();
        for (int first = 0; first < count; first += Block)
        {
            int length = Math.Min(Block, count - first);
            long[] ids = [.. Enumerable.Range(first, length).Select(id => (long)id)];
            index.Upsert(ids, new ReadOnlySpan<float>(vectors + (long)first * Dimension, length * Dimension));
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Compare(FloatVectorIndex exact, Int8VectorIndex quantised, float[] probes, MappedVectors mapped)
    {
        foreach (int k in (int[])[1, 10])
        {
            IReadOnlyList<IReadOnlyList<VectorHit>> expected = exact.Search(probes, new() { Count = k });
            mapped.Reads = 0;
            IReadOnlyList<IReadOnlyList<VectorHit>> found = quantised.Search(probes, new() { Count = k });
            int same = expected.Zip(found).Count(pair => pair.First.SequenceEqual(pair.Second));
            Console.WriteLine(
                $"top {k}: {same} of {expected.Count} probes give the float32 result; {(double)mapped.Reads / expected.Count:F1} "
                    + $"float32 vectors read a probe"
            );
        }
    }

    private static void Time(int threads, float* vectors, int count, FloatVectorIndex exact, Int8VectorIndex quantised, float[] probes)
    {
        VectorSearchOptions options = new() { Threads = threads };
        List<Cost> pass = [],
            int8 = [],
            int8Batch = [],
            float32 = [],
            float32Batch = [];
        for (int round = 0; round < Rounds; round++)
        {
            ReadOnlyMemory<float> probe = probes.AsMemory(round % Batch * Dimension, Dimension);
            pass.Add(Cost.Of(() => Pass(vectors, (long)count * Dimension, threads)));
            int8.Add(Cost.Of(() => quantised.Search(probe, options)));
            int8Batch.Add(Cost.Of(() => quantised.Search(probes, options), Batch));
            float32.Add(Cost.Of(() => exact.Search(probe, options)));
            float32Batch.Add(Cost.Of(() => exact.Search(probes, options), Batch));
        }
        Cost unit = Cost.Median(pass);
        Console.WriteLine(
            $"{threads} thread(s): one pass {unit.Milliseconds:F1} ms "
                + $"({count * (double)Dimension * sizeof(float) / unit.Milliseconds / 1e6:F1} GB/s), {unit.Processor:F1} ms of "
                + $"processor time; a query, of a pass by the clock and by processor time:"
        );
        Print("int8, one", int8);
        Print($"int8, in a batch of {Batch}", int8Batch);
        Print("float32, one", float32);
        Print($"float32, in a batch of {Batch}", float32Batch);

        void Print(string name, List<Cost> costs)
        {
            Cost median = Cost.Median(costs);
            Console.WriteLine(
                $"  {name, -26} {median.Milliseconds / unit.Milliseconds:F3} ({median.Milliseconds, 6:F2} ms)   "
                    + $"{median.Processor / unit.Processor:F3} ({median.Processor, 6:F2} ms)"
            );
        }
    }

    /// <summary>Reads every component once.</summary>
    private static void Pass(float* vectors, long length, int threads)
    {
        float[] sums = new float[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            const int Step = 4;
            int width = Vector<float>.Count;
            float* end = vectors + length * (thread + 1) / threads / (Step * width) * (Step * width);
            Vector<float> a = default,
                b = default,
                c = default,
                d = default;
            for (float* at = vectors + length * thread / threads / (Step * width) * (Step * width); at < end; at += Step * width)
            {
                a += Vector.Load(at);
                b += Vector.Load(at + width);
                c += Vector.Load(at + 2 * width);
                d += Vector.Load(at + 3 * width);
            }
            sums[thread] = Vector.Sum(a + b + c + d);
        });
        if (float.IsNaN(sums.Sum()))
            throw new InvalidOperationException("the vectors hold a NaN");
    }
}
