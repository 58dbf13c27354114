using System.Numerics.Tensors;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Scores of pairs of faces: of strangers of one kind, and of one person. Pictures of one condition are compared with each other and with
/// the undegraded ones.
/// </summary>
internal sealed class AlikePairs
{
    /// <summary>Pictures without names are taken for one person's where they are more alike than all but this part of different people of
    /// one kind are: of UTKFace's above it nearly all were one person's when looked at, and rates well above it are hardly
    /// changed.</summary>
    private const double SuspiciousRate = 2e-5;

    /// <summary>One pair.</summary>
    /// <param name="Score">Similarity less the mean of both baselines.</param>
    /// <param name="SmallerNorm">The smaller embedding norm.</param>
    /// <param name="A">Position of one face.</param>
    /// <param name="B">Position of the other.</param>
    public readonly record struct Pair(float Score, float SmallerNorm, int A, int B);

    /// <summary>Pairs of one person.</summary>
    public required List<Pair> Mated { get; init; }

    /// <summary>Pairs of strangers of one kind.</summary>
    public required List<Pair> NonMated { get; init; }

    /// <summary>Pairs of pictures without names that are taken for one person's, the most similar first.</summary>
    public required IReadOnlyList<SuspiciousPair> LeftOut { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="faces">Faces; see <see cref="CalibrationFace.Kind"/>.</param>
    /// <param name="baselines">The baseline of every face.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static AlikePairs Compare(IReadOnlyList<CalibrationFace> faces, float[] baselines, CancellationToken cancellationToken)
    {
        List<Pair> mated = [],
            nonMated = [];
        Lock merge = new();
        IGrouping<string, int>[] kinds =
        [
            .. Enumerable.Range(0, faces.Count).GroupBy(i => faces[i].Kind).OrderBy(g => g.Key, StringComparer.Ordinal),
        ];
        Dictionary<string, (List<Pair> Mated, List<Pair> NonMated)> found = [];
        Parallel.ForEach(kinds, new ParallelOptions { CancellationToken = cancellationToken }, kind =>
        {
            (List<Pair>, List<Pair>) pairs = Within([.. kind], faces, baselines);
            lock (merge)
                found[kind.Key] = pairs;
        });
        foreach (IGrouping<string, int> kind in kinds)
        {
            mated.AddRange(found[kind.Key].Mated);
            nonMated.AddRange(found[kind.Key].NonMated);
        }
        SuspiciousPair[] suspicious = Suspicious(faces, nonMated);
        HashSet<(string, string)> leftOut = [.. suspicious.Select(pair => Key(pair.ImageA, pair.ImageB))];
        if (leftOut.Count > 0)
            nonMated.RemoveAll(pair => leftOut.Contains(Key(faces[pair.A].Image, faces[pair.B].Image)));
        return new()
        {
            Mated = mated,
            NonMated = nonMated,
            LeftOut = suspicious,
        };
    }

    private static (List<Pair> Mated, List<Pair> NonMated) Within(int[] members, IReadOnlyList<CalibrationFace> faces, float[] baselines)
    {
        List<Pair> mated = [],
            nonMated = [];
        for (int i = 0; i < members.Length; i++)
        {
            CalibrationFace a = faces[members[i]];
            for (int j = i + 1; j < members.Length; j++)
            {
                CalibrationFace b = faces[members[j]];
                if ((a.Condition != b.Condition && a.Condition.Length > 0 && b.Condition.Length > 0) || a.Image == b.Image)
                    continue;
                float similarity = TensorPrimitives.Dot(a.Embedding.Vector.Span, b.Embedding.Vector.Span);
                Pair pair = new(
                    similarity - (baselines[members[i]] + baselines[members[j]]) / 2,
                    MathF.Min(a.Embedding.Norm, b.Embedding.Norm),
                    members[i],
                    members[j]
                );
                (a.Somebody == b.Somebody ? mated : nonMated).Add(pair);
            }
        }
        return (mated, nonMated);
    }

    /// <summary>
    /// Undegraded pictures without names that are more alike than all but very few of those of two people known to be different. Where
    /// nobody has a name there is nothing to compare with, and nothing is left out.
    /// </summary>
    private static SuspiciousPair[] Suspicious(IReadOnlyList<CalibrationFace> faces, List<Pair> nonMated)
    {
        float[] different =
        [
            .. nonMated
                .Where(pair => IsClear(pair) && faces[pair.A].Person is not null && faces[pair.B].Person is not null)
                .Select(pair => pair.Score)
                .OrderDescending(),
        ];
        if (different.Length == 0)
            return [];
        float limit = different[(int)(SuspiciousRate * different.Length)];
        return
        [
            .. nonMated
                .Where(pair => pair.Score > limit && IsClear(pair) && (faces[pair.A].Person is null || faces[pair.B].Person is null))
                .OrderByDescending(pair => pair.Score)
                .Select(pair => new SuspiciousPair(faces[pair.A].Image, faces[pair.B].Image, pair.Score)),
        ];

        bool IsClear(Pair pair) => faces[pair.A].IsClear && faces[pair.B].IsClear;
    }

    private static (string, string) Key(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}
