using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;
using Semblance.Statistics;

namespace Semblance.Gallery.Identifying;

/// <summary>
/// Scores of references of different people of one gallery, counted in steps of 1e-5: the thresholds that the embedder's calibration does
/// not reach. Immutable, thread-safe.
/// </summary>
internal sealed class NonMatedPairs
{
    /// <summary>The rule of three: without one event in n trials the rate lies below 3 / n at 95 % confidence.</summary>
    private const double RuleOfThree = 3;

    private const int StepsPerUnit = 100_000,
        Steps = 2 * StepsPerUnit + 1,
        Decimals = 5;

    /// <summary>Pairs by similarity: step i holds those from <see cref="EdgeOf"/>(i) up to, not including, that of i + 1.</summary>
    private readonly long[] _counts;

    private NonMatedPairs(long[] counts) => (_counts, Count) = (counts, counts.Sum());

    /// <summary>Pairs that were compared.</summary>
    public long Count { get; }

    /// <summary>The smallest false match rate that so many pairs support; null with too few.</summary>
    public static double? SmallestRate(long pairs) => pairs > RuleOfThree ? RuleOfThree / pairs : null;

    /// <summary>The smallest rate that <see cref="ThresholdFor"/> has a threshold for: more than the number supports where strangers have
    /// one vector; null with too few pairs.</summary>
    public double? SmallestWithThreshold =>
        SmallestRate(Count) is { } byNumber ? Math.Max(byNumber, ClopperPearson.Upper(_counts[^1], Count)) : null;

    /// <summary>
    /// The lowest similarity at which the one-sided 95 % Clopper-Pearson bound of the observed rate does not exceed a rate, rounded up to
    /// five decimals; null when there are fewer than 3 / rate pairs, or too many of them are identical vectors.
    /// </summary>
    public double? ThresholdFor(double rate)
    {
        // Rates that come out of a division may miss the rule by rounding.
        if (!(Count * rate >= RuleOfThree * (1 - 1e-9)))
            return null;
        long allowed = ClopperPearson.LargestCount(Count, rate);
        if (allowed < 0)
            return null;
        long accepted = 0;
        for (int i = Steps - 1; i >= 0; i--)
        {
            accepted += _counts[i];
            // With this step there is one pair too many, so the threshold lies above all of it.
            if (accepted > allowed)
                return i == Steps - 1 ? null : EdgeOf(i + 1);
        }
        return -1;
    }

    /// <summary>Compares every reference with those of all other people; a score is the similarity with the bias of both.</summary>
    /// <param name="references">Vectors of one dimension, and whose they are.</param>
    /// <param name="progress">Told how many pairs of blocks were compared.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static unsafe NonMatedPairs Compare(
        IReadOnlyList<FaceReference> references,
        IProgress<(long Done, long Total)>? progress,
        CancellationToken cancellationToken
    )
    {
        const int Block = FloatKernel.BlockRows;
        long[] counts = new long[Steps];
        if (references.Count < 2)
            return new(counts);
        int dimension = references[0].Vector.Length;
        int stride = (dimension + FloatKernel.StrideComponents - 1) / FloatKernel.StrideComponents * FloatKernel.StrideComponents;
        int blocks = (references.Count + Block - 1) / Block;
        AlignedBuffer<float>[] rows = [.. Enumerable.Range(0, blocks).Select(_ => new AlignedBuffer<float>(Block * stride))];
        for (int b = 0; b < blocks; b++)
        {
            rows[b].Span.Clear();
            for (int i = b * Block; i < Math.Min((b + 1) * Block, references.Count); i++)
                references[i].Vector.Span.CopyTo(rows[b].Span[(i % Block * stride)..]);
        }
        float[] biases = [.. references.Select(reference => FusedSimilarity.BiasOf(reference.Baseline))];
        long compared = 0;
        Lock merge = new();
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Counts: new int[Steps], Dots: new AlignedBuffer<float>(Block * Block)),
            (left, _, local) =>
            {
                for (int right = left; right < blocks; right++)
                {
                    FloatKernel.Multiply(rows[left].Pointer, rows[right].Pointer, Block, stride, local.Dots.Pointer);
                    for (int j = right * Block; j < Math.Min((right + 1) * Block, references.Count); j++)
                    {
                        ReadOnlySpan<float> dots = local.Dots.Span.Slice(j % Block * Block, Block);
                        for (int i = left * Block; i < Math.Min((left + 1) * Block, j); i++)
                            if (references[i].PersonId != references[j].PersonId)
                                local.Counts[StepOf(dots[i % Block] + biases[i] + biases[j])]++;
                    }
                }
                GC.KeepAlive(rows);
                progress?.Report((Interlocked.Add(ref compared, blocks - left), blocks * (blocks + 1L) / 2));
                return local;
            },
            local =>
            {
                lock (merge)
                    for (int i = 0; i < counts.Length; i++)
                        counts[i] += local.Counts[i];
            }
        );
        return new(counts);
    }

    private static int StepOf(float similarity) => Math.Clamp((int)Math.Floor(((double)similarity + 1) * StepsPerUnit), 0, Steps - 1);

    private static double EdgeOf(int step) => Math.Round((double)step / StepsPerUnit - 1, Decimals);
}
