using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Evaluation.Degrading;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;
using Semblance.Quality;

namespace Semblance.Benchmarks;

/// <summary>
/// What a measure of quality is worth: how the share of one person's comparisons that are refused falls when the worst pictures by it are
/// left out (an error-versus-discard curve as of ISO/IEC 29794-1). Pictures lie in a folder for every person.
/// </summary>
internal static class QualityMeasurement
{
    private const double Rate = 1e-3;
    private const int Resamplings = 400;

    private static readonly double[] Discarded = [0, 0.05, 0.1, 0.2, 0.3];

    private sealed record Picture(int Person, string Source, ReadOnlyMemory<float> Vector, FaceQuality Quality);

    private sealed record Pair(int Person, int A, int B, bool Refused);

    /// <param name="detector">Finds the faces.</param>
    /// <param name="folder">Pictures, a folder for every person.</param>
    /// <param name="people">How many people are taken, in the order of their names.</param>
    /// <param name="conditions">Of every picture a copy that is made worse in one of these ways, in turn, is taken too.</param>
    public static void Run(string detector, string folder, int people, IReadOnlyList<PictureDegradation> conditions)
    {
        List<Picture> pictures = [];
        string[] folders = [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Where(HasSeveral).Take(people)];
        int without = 0,
            turn = 0;
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseDetector(detector).UseExecution(new() { Threads = 1 }).Build();
        for (int person = 0; person < folders.Length; person++)
            foreach (string file in PicturesOf(folders[person]))
            {
                using FaceImage image = FaceImage.FromFile(file);
                AnalyzedFace? face = Add(image, file, person);
                if (face is null || conditions.Count == 0)
                    continue;
                DetectedFace detected = new(face.Box, face.Score, face.Landmarks);
                using DegradedPicture worse = conditions[turn++ % conditions.Count].Apply(image, detected, file);
                Add(worse.Image, file, person);
            }

        AnalyzedFace? Add(FaceImage image, string source, int person)
        {
            AnalysisOptions how = new() { Features = FaceFeatures.Embedding | FaceFeatures.Quality, FaceChoice = FaceChoice.Center };
            AnalyzedFace? face = analyzer.Analyze(image, how).Faces!.FirstOrDefault(face => face.Embedding is not null);
            if (face is null)
                without++;
            else
                pictures.Add(new(person, source, face.Embedding!.Vector, face.Quality!));
            return face;
        }
        double threshold = ThresholdOf(pictures);
        List<Pair> pairs = [];
        for (int a = 0; a < pictures.Count; a++)
        for (int b = a + 1; b < pictures.Count && pictures[b].Person == pictures[a].Person; b++)
            if (pictures[a].Source != pictures[b].Source)
                pairs.Add(new(pictures[a].Person, a, b, Similarity(pictures[a], pictures[b]) < threshold));
        Console.WriteLine(
            $"{pictures.Count} pictures of {folders.Length} people ({without} without a face), {pairs.Count} comparisons of one person, "
                + $"threshold {threshold:0.0000} for {Rate} among them"
        );
        int refused = pictures.Count(picture => Norm(picture.Quality).Factor < QualityGate.DefaultMinimumNormFactor);
        Console.WriteLine($"{refused} would not be enrolled for their norm");
        Curve("score", quality => quality.Score);
        Curve("norm alone", quality => Norm(quality).Value);
        Curve("score without the norm", PictureScore);

        static double PictureScore(FaceQuality quality) =>
            quality
                .Components.Where(component => component.Name != QualityComponent.EmbeddingNorm)
                .Aggregate(1.0, (product, component) => product * component.Factor);

        static QualityComponent Norm(FaceQuality quality) =>
            quality.Components.Single(component => component.Name == QualityComponent.EmbeddingNorm);

        void Curve(string name, Func<FaceQuality, double> quality)
        {
            double[] values = [.. pictures.Select(picture => quality(picture.Quality))];
            int[] worstFirst = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
            int[] place = new int[values.Length];
            for (int i = 0; i < worstFirst.Length; i++)
                place[worstFirst[i]] = i;
            ILookup<int, Pair> byPerson = pairs.ToLookup(pair => pair.Person);
            Console.WriteLine($"by {name}");
            foreach (double part in Discarded)
            {
                int first = (int)(part * pictures.Count);
                (int Refused, int All)[] counts =
                [
                    .. Enumerable
                        .Range(0, folders.Length)
                        .Select(person => byPerson[person].Where(pair => place[pair.A] >= first && place[pair.B] >= first).ToArray())
                        .Select(kept => (kept.Count(pair => pair.Refused), kept.Length)),
                ];
                (double low, double high) = Interval(counts);
                Console.WriteLine(
                    $"  worst {part * 100, 2:0} % left out: {counts.Sum(c => c.Refused) / (double)counts.Sum(c => c.All):0.0000} refused "
                        + $"({low:0.0000} to {high:0.0000})"
                );
            }
        }
    }

    private static bool HasSeveral(string person) => PicturesOf(person).Length > 1;

    private static string[] PicturesOf(string person) =>
        [.. Directory.EnumerateFiles(person, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>95 % of what resampled people give.</summary>
    private static (double Low, double High) Interval((int Refused, int All)[] counts)
    {
        Random random = new(1);
        double[] shares = new double[Resamplings];
        for (int i = 0; i < Resamplings; i++)
        {
            int refused = 0,
                all = 0;
            for (int k = 0; k < counts.Length; k++)
            {
                (int r, int n) = counts[random.Next(counts.Length)];
                (refused, all) = (refused + r, all + n);
            }
            shares[i] = refused / (double)Math.Max(1, all);
        }
        Array.Sort(shares);
        return (shares[Resamplings / 40], shares[Resamplings - 1 - Resamplings / 40]);
    }

    private static double ThresholdOf(List<Picture> pictures)
    {
        List<float> strangers = [];
        for (int a = 0; a < pictures.Count; a++)
        for (int b = a + 1; b < pictures.Count; b++)
            if (pictures[a].Person != pictures[b].Person)
                strangers.Add(Similarity(pictures[a], pictures[b]));
        strangers.Sort();
        return strangers[^Math.Max(1, (int)(strangers.Count * Rate))];
    }

    private static float Similarity(Picture a, Picture b) => VectorProduct.Dot(a.Vector.Span, b.Vector.Span);
}
