using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Search;

/// <summary>
/// What one worker has found for a block of queries: the lower bounds of the best, and all whose upper bound reaches the worst of those.
/// Not thread-safe.
/// </summary>
internal sealed class CandidateSet(int queries, VectorSearchOptions options)
{
    private const int FirstPruning = 1024;

    private readonly TopHits[] _lower = [.. Enumerable.Range(0, queries).Select(_ => new TopHits(options.Count, options.MinimumScore))];
    private readonly List<Candidate>[] _candidates = [.. Enumerable.Range(0, queries).Select(_ => new List<Candidate>())];
    private readonly int[] _pruneAt = [.. Enumerable.Repeat(FirstPruning, queries)];

    /// <summary>Room for the kernel's results.</summary>
    public AlignedBuffer<int> Dots { get; } = new((queries + Int8Kernel.QueryGroup) * Int8Kernel.BlockRows);

    /// <summary>A row whose upper bound is below this cannot be among the best.</summary>
    public float Threshold(int query) => _lower[query].Threshold;

    /// <summary>Adds a row.</summary>
    /// <param name="query">Position of the query in its block.</param>
    /// <param name="lower">Id, and what its exact score is at least.</param>
    /// <param name="upper">What its exact score is at most.</param>
    public void Add(int query, VectorHit lower, float upper)
    {
        _lower[query].Add(lower);
        List<Candidate> candidates = _candidates[query];
        candidates.Add(new(lower.Id, upper));
        if (candidates.Count < _pruneAt[query])
            return;
        candidates.RemoveAll(candidate => candidate.Upper < Threshold(query));
        _pruneAt[query] = Math.Max(FirstPruning, 2 * candidates.Count);
    }

    /// <summary>The candidates of all workers that the bounds of all workers leave, by falling upper bound.</summary>
    public static IReadOnlyList<Candidate> Merge(IReadOnlyList<CandidateSet> workers, int query, VectorSearchOptions options)
    {
        float threshold = TopHits.Merge(workers.Select(worker => worker._lower[query]), options.Count, options.MinimumScore).Threshold;
        List<Candidate> all = [.. workers.SelectMany(worker => worker._candidates[query]).Where(candidate => candidate.Upper >= threshold)];
        all.Sort((a, b) => a.Upper != b.Upper ? b.Upper.CompareTo(a.Upper) : a.Id.CompareTo(b.Id));
        return all;
    }
}
