using System.Numerics.Tensors;

namespace Semblance.Evaluation.Calibration;

/// <summary>Pictures without names that show one person more than once, by the cosine of the pictures as they came.</summary>
internal sealed class SecondPictures
{
    private readonly Dictionary<string, string> _first;

    private SecondPictures(Dictionary<string, string> first, int pairs) => (_first, Pairs) = (first, pairs);

    /// <summary>Pairs of pictures that are taken for pictures of one person.</summary>
    public int Pairs { get; }

    /// <summary>Finds them.</summary>
    /// <param name="faces">Faces, degraded copies among them.</param>
    /// <param name="similarity">Cosine from which two pictures show one person.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SecondPictures Find(IReadOnlyList<CalibrationFace> faces, double similarity, CancellationToken cancellationToken)
    {
        CalibrationFace[] unnamed = [.. faces.Where(face => face.Person is null && face.IsClear)];
        List<(string A, string B)> pairs = [];
        Lock gate = new();
        Parallel.For(0, unnamed.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            for (int j = i + 1; j < unnamed.Length; j++)
                if (TensorPrimitives.Dot(unnamed[i].Embedding.Vector.Span, unnamed[j].Embedding.Vector.Span) >= similarity)
                    lock (gate)
                        pairs.Add((unnamed[i].Image, unnamed[j].Image));
        });
        Dictionary<string, string> first = [];
        foreach ((string a, string b) in pairs)
        {
            (string rootA, string rootB) = (RootOf(first, a), RootOf(first, b));
            // The name that comes first stands for all, whatever the order in which pairs were found.
            if (string.CompareOrdinal(rootA, rootB) < 0)
                first[rootB] = rootA;
            else if (rootA != rootB)
                first[rootA] = rootB;
        }
        return new(first, pairs.Count);
    }

    /// <summary>Whose face it is: the name, else the picture that stands for the person.</summary>
    public string PersonOn(CalibrationFace face) => face.Person ?? RootOf(_first, face.Image);

    private static string RootOf(Dictionary<string, string> first, string image)
    {
        while (first.TryGetValue(image, out string? earlier))
            image = earlier;
        return image;
    }
}
