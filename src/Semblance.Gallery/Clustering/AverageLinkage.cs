using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Clustering;

/// <summary>
/// Agglomerative clustering by average linkage (UPGMA; Sokal and Michener 1958) with nearest-neighbour chains (Murtagh, "A survey of recent
/// advances in hierarchical clustering algorithms", The Computer Journal 26, 1983). The mean cosine between two groups of unit vectors is
/// the product of their sums over the product of their sizes, so no matrix of similarities is kept.
/// </summary>
/// <remarks>
/// A mean over a joined group lies between the means over its parts. So a group whose best mean is below the threshold stays below it,
/// whatever the others do: it is finished and leaves the search.
/// </remarks>
internal sealed unsafe class AverageLinkage
{
    private readonly int _stride;
    private readonly float _threshold;
    private readonly AlignedBuffer<float> _sums;
    private readonly float[] _biases;
    private readonly List<int>[] _members;
    private readonly List<int> _active;

    /// <summary>Takes every face as a group of its own.</summary>
    public AverageLinkage(VectorRows rows, IReadOnlyList<int> faces, float threshold)
    {
        (_stride, _threshold) = (rows.Stride, threshold);
        _sums = new(faces.Count * _stride);
        for (int i = 0; i < faces.Count; i++)
            rows.Row(faces[i]).CopyTo(SumOf(i));
        _biases = [.. faces.Select(face => rows.Biases[face])];
        _members = [.. faces.Select(face => new List<int> { face })];
        _active = [.. Enumerable.Range(0, faces.Count)];
    }

    /// <summary>Joins groups while a mean reaches the threshold.</summary>
    /// <returns>The groups' faces.</returns>
    public List<List<int>> Join(CancellationToken cancellationToken)
    {
        List<List<int>> finished = [];
        List<int> chain = [];
        while (_active.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chain.Count == 0)
                chain.Add(_active[0]);
            int last = chain[^1],
                previous = chain.Count > 1 ? chain[^2] : -1;
            (int nearest, float similarity) = NearestOf(last, previous);
            if (nearest < 0 || similarity < _threshold)
            {
                finished.Add(_members[last]);
                _active.Remove(last);
                chain.RemoveAt(chain.Count - 1);
            }
            else if (nearest == previous)
            {
                chain.RemoveRange(chain.Count - 2, 2);
                Merge(previous, last);
            }
            else
            {
                chain.Add(nearest);
            }
        }
        return finished;
    }

    /// <summary>The group with the largest mean similarity; of equals the one before in the chain, or the chain would never end.</summary>
    private (int Group, float Similarity) NearestOf(int group, int previous)
    {
        float* sum = _sums.Pointer + group * _stride;
        int nearest = previous;
        float best = previous < 0 ? float.NegativeInfinity : SimilarityOf(group, previous, sum);
        foreach (int other in _active)
        {
            if (other == group || other == previous)
                continue;
            float similarity = SimilarityOf(group, other, sum);
            if (similarity > best)
                (nearest, best) = (other, similarity);
        }
        GC.KeepAlive(_sums);
        return (nearest, best);
    }

    /// <summary>The mean score of the pairs of two groups.</summary>
    private float SimilarityOf(int group, int other, float* sum) =>
        FloatKernel.Dot(_sums.Pointer + other * _stride, sum, _stride) / ((float)_members[group].Count * _members[other].Count)
        + _biases[group] / _members[group].Count
        + _biases[other] / _members[other].Count;

    private void Merge(int target, int source)
    {
        VectorRows.Add(SumOf(source), SumOf(target));
        _biases[target] += _biases[source];
        _members[target].AddRange(_members[source]);
        _active.Remove(source);
    }

    private Span<float> SumOf(int group) => _sums.Span.Slice(group * _stride, _stride);
}
