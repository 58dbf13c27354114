using Semblance.Embedding;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

/// <summary>A gallery written as plainly as possible: lists, and a loop over everything in double precision.</summary>
internal sealed class ModelGallery
{
    public SortedDictionary<Guid, (Person Person, List<FaceReference> References)> People { get; } = [];

    public IReadOnlyList<(Guid Person, double Similarity)> Rank(FaceEmbedding probe, ReferenceFusion fusion, DateTimeOffset now) =>
        [
            .. People
                .Values.Where(held => held.References.Count > 0 && !held.Person.IsExpiredAt(now))
                .Select(held => (held.Person.Id, Similarity: Fuse(probe, held.References, fusion)))
                .OrderByDescending(ranked => ranked.Similarity)
                .ThenBy(ranked => ranked.Id),
        ];

    private static double Fuse(FaceEmbedding probe, List<FaceReference> references, ReferenceFusion fusion)
    {
        if (fusion == ReferenceFusion.Best)
            return references.Max(reference => Faces.Cosine(probe, reference.Vector.Span));
        double[] sum = new double[Faces.Dimension];
        foreach (FaceReference reference in references)
            for (int i = 0; i < sum.Length; i++)
                sum[i] += reference.Vector.Span[i] * (fusion == ReferenceFusion.NormWeighted ? reference.Norm : 1.0);
        double length = Math.Sqrt(sum.Sum(value => value * value)),
            dot = 0;
        for (int i = 0; i < sum.Length; i++)
            dot += sum[i] * probe.Vector.Span[i];
        return length == 0 ? 0 : dot / length;
    }
}
