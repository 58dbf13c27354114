using Semblance.Detection;
using Semblance.Detection.Turns;
using Semblance.Embedding;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;
using Semblance.Runtime;

namespace Semblance.Benchmarks;

/// <summary>
/// Photographs turned by quarters of a circle without saying so, and mirrored: how many of those that show one face are found, put
/// upright and like their originals; and what looking for turned faces costs where pictures stand upright and where they show nobody.
/// </summary>
internal static class TurnedMeasurement
{
    private const int Rounds = 3;
    private const double Alike = 0.5;
    private const FaceFeatures Features = FaceFeatures.Embedding | FaceFeatures.Quality | FaceFeatures.Crop;

    public static void Run(string detector, string folder)
    {
        using FaceAnalyzer upright = Analyzer(detector, TurnSearch.None),
            turning = Analyzer(detector, TurnSearch.WhereDoubtful);
        string[] files = PhotographFolder.FilesOf(folder, SearchOption.TopDirectoryOnly);
        CountTurned(turning, files);
        MeasureCost(upright, turning, files);
    }

    private static FaceAnalyzer Analyzer(string detector, TurnSearch turns) =>
        FaceAnalyzer
            .CreateBuilder()
            .UseDetector(detector)
            .UseDetection(new() { Turns = turns })
            .UseExecution(new ExecutionOptions { Threads = 1 })
            .Build();

    private static void CountTurned(FaceAnalyzer analyzer, string[] files)
    {
        List<(FaceImage Image, AnalyzedFace Face, int Turned)> single = [];
        foreach (string file in files)
        {
            FaceImage image = FaceImage.FromFile(file);
            if (analyzer.Analyze(image, Features).Faces is [{ } face])
                single.Add((image, face, face.Turned ?? 0));
            else
                image.Dispose();
        }
        Console.WriteLine($"{single.Count} of {files.Length} pictures show one face");
        foreach (int degrees in new[] { 0, 90, 180, 270 })
            Count($"turned by {degrees}", degrees, image => Turn(image, degrees));
        Count("mirrored", null, Mirror);
        foreach ((FaceImage image, _, _) in single)
            image.Dispose();

        void Count(string name, int? degrees, Func<FaceImage, FaceImage> change)
        {
            int found = 0,
                right = 0,
                alike = 0,
                enrolledWrongly = 0;
            foreach ((FaceImage original, AnalyzedFace face, int already) in single)
            {
                using FaceImage changed = change(original);
                if (analyzer.Analyze(changed, Features).Faces!.MaxBy(f => f.Box.Area) is not { } other)
                {
                    Console.WriteLine($"  {name}: no face in {Path.GetFileName(original.Name)}");
                    continue;
                }
                found++;
                bool isRight = (other.Turned ?? 0) == (degrees is { } more ? already + more : 360 - already) % 360;
                double cosine = VectorProduct.Dot(face.Embedding!.Vector.Span, other.Embedding!.Vector.Span);
                right += isRight ? 1 : 0;
                alike += cosine >= Alike ? 1 : 0;
                bool enrolled = QualityGate.Default.Judge(other.Quality!).Count == 0;
                enrolledWrongly += enrolled && cosine < Alike ? 1 : 0;
                if (!isRight || cosine < Alike)
                    Console.WriteLine(
                        $"  {name}: {Path.GetFileName(original.Name)} said to be turned by {other.Turned ?? 0}, score {other.Score:0.0000}, "
                            + $"norm {other.Embedding.Norm:0.00}, cosine {cosine:0.00}{(enrolled ? ", would be enrolled" : "")}"
                    );
            }
            Console.WriteLine(
                $"{name}: found {found}, right turn said {right}, cosine with the original at least {Alike} {alike} of {single.Count}; "
                    + $"enrolled with a lower cosine {enrolledWrongly}"
            );
        }
    }

    private static FaceImage Turn(FaceImage image, int degrees)
    {
        (PixelView pixels, PixelBuffer owner) = BoxReduction.Reduce(image.FullResolution, 0, 0, image.Width, image.Height, 1);
        using (owner)
            return TurnedPictures.Turn(pixels, new((360 - degrees) % 360, image.Width, image.Height), image.Name);
    }

    /// <summary>A photograph as in a mirror.</summary>
    public static FaceImage Mirror(FaceImage image)
    {
        (PixelView pixels, PixelBuffer owner) = BoxReduction.Reduce(image.FullResolution, 0, 0, image.Width, image.Height, 1);
        Span<uint> points = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(owner.GetSpan());
        for (int y = 0; y < image.Height; y++)
            points.Slice(y * image.Width, image.Width).Reverse();
        return FaceImage.Owning(pixels, owner, image.Name);
    }

    private static void MeasureCost(FaceAnalyzer upright, FaceAnalyzer turning, string[] files)
    {
        foreach (FaceFeatures features in new[] { FaceFeatures.None, Features })
        {
            List<(bool HasFaces, double Before, double After)> costs = [];
            foreach (string file in files)
            {
                int faces = 0;
                List<Cost> before = [],
                    after = [];
                for (int round = 0; round < Rounds; round++)
                {
                    before.Add(Cost.Of(() => Analyze(upright, file, features)));
                    after.Add(Cost.Of(() => faces = Analyze(turning, file, features)));
                }
                costs.Add((faces > 0, Cost.Median(before).Processor, Cost.Median(after).Processor));
            }
            foreach (IGrouping<bool, (bool HasFaces, double Before, double After)> group in costs.GroupBy(cost => cost.HasFaces))
            {
                double before = group.Sum(cost => cost.Before),
                    after = group.Sum(cost => cost.After);
                Console.WriteLine(
                    $"{(features == FaceFeatures.None ? "detection" : "with embeddings")}, {group.Count()} pictures "
                        + $"{(group.Key ? "with" : "without")} faces: {before / group.Count():0.0} ms a picture looked at as they came, "
                        + $"{after / group.Count():0.0} ms with turned faces, {after / before:0.000} times"
                );
            }
        }
    }

    private static int Analyze(FaceAnalyzer analyzer, string file, FaceFeatures features)
    {
        using FaceImage image = FaceImage.FromFile(file);
        return analyzer.Analyze(image, features).Faces!.Count;
    }
}
