namespace Semblance.Gallery.Search;

/// <summary>The best hits so far, best first; of equal scores the smaller id. An id is held once. Not thread-safe.</summary>
internal sealed class TopHits(int capacity, float minimum)
{
    private readonly List<VectorHit> _hits = [];

    /// <summary>A score below this cannot enter.</summary>
    public float Threshold { get; private set; } = minimum;

    public IReadOnlyList<VectorHit> Hits => _hits;

    public static TopHits Merge(IEnumerable<TopHits> parts, int capacity, float minimum)
    {
        TopHits merged = new(capacity, minimum);
        foreach (TopHits part in parts)
        foreach (VectorHit hit in part._hits)
            merged.Add(hit);
        return merged;
    }

    public void Add(VectorHit hit)
    {
        if (!(hit.Score >= Threshold))
            return;
        // An id that was removed and added again during the scan may be met twice.
        int same = _hits.FindIndex(other => other.Id == hit.Id);
        if (same >= 0)
        {
            if (_hits[same].Score >= hit.Score)
                return;
            _hits.RemoveAt(same);
        }
        int position = _hits.BinarySearch(hit, Order.Instance);
        _hits.Insert(position < 0 ? ~position : position, hit);
        if (_hits.Count > capacity)
            _hits.RemoveAt(capacity);
        if (_hits.Count == capacity)
            Threshold = Math.Max(Threshold, _hits[^1].Score);
    }

    private sealed class Order : IComparer<VectorHit>
    {
        public static readonly Order Instance = new();

        public int Compare(VectorHit x, VectorHit y) => x.Score != y.Score ? y.Score.CompareTo(x.Score) : x.Id.CompareTo(y.Id);
    }
}
