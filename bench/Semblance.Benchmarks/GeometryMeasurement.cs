using System.Numerics;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Benchmarks;

/// <summary>
/// Head pose and 68 landmarks on pictures without such labels, CFP's folders <c>001/frontal/01.jpg</c> … <c>350/profile/04.jpg</c>: what
/// must hold of a mirrored picture, of one turned by a known angle, of frontal against profile pictures, and of the detector's own five
/// points.
/// </summary>
internal static class GeometryMeasurement
{
    private const int Identities = 350,
        Every = 3;
    private const double Turn = 20;

    /// <summary>The point of a mirrored face for every point of a face.</summary>
    private static readonly int[] Mirror =
    [
        .. Enumerable.Range(0, 17).Select(i => 16 - i),
        .. Enumerable.Range(17, 10).Select(i => 43 - i),
        27,
        28,
        29,
        30,
        35,
        34,
        33,
        32,
        31,
        45,
        44,
        43,
        42,
        47,
        46,
        39,
        38,
        37,
        36,
        41,
        40,
        54,
        53,
        52,
        51,
        50,
        49,
        48,
        59,
        58,
        57,
        56,
        55,
        64,
        63,
        62,
        61,
        60,
        67,
        66,
        65,
    ];

    public static void Run(string detector, string folder)
    {
        ExecutionOptions execution = new() { Threads = 1 };
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseDetector(detector).UseExecution(execution).Build();
        Dictionary<string, List<double>> figures = [];
        foreach (string kind in new[] { "frontal", "profile" })
        {
            for (int identity = 1; identity <= Identities; identity += Every)
                Measure(analyzer, Path.Combine(folder, $"{identity:000}", kind, $"0{1 + identity % 4}.jpg"), (name, value) =>
                    Add(figures, $"{kind}: {name}", value)
                );
        }
        foreach ((string name, List<double> values) in figures)
        {
            double[] sorted = [.. values.Order()];
            Console.WriteLine(
                $"{name, -60} median {sorted[sorted.Length / 2]:0.00}, of ten at most nine {sorted[sorted.Length * 9 / 10]:0.00}, "
                    + $"{sorted.Length} faces"
            );
        }
        List<double> frontal = figures["frontal: |yaw|"],
            profile = figures["profile: |yaw|"];
        Console.WriteLine(
            $"|yaw| tells profile from frontal: area under the curve "
                + $"{frontal.Average(a => profile.Average(b => b > a ? 1.0 : b == a ? 0.5 : 0)):0.0000}"
        );
    }

    private static void Measure(FaceAnalyzer analyzer, string path, Action<string, double> add)
    {
        using FaceImage image = FaceImage.FromFile(path);
        DetectedFace? face = analyzer.Detector.Detect(image, DetectionOptions.Default).MaxBy(found => found.Box.Width * found.Box.Height);
        if (face is null)
            return;
        IFaceAttribute<HeadPose> poses = FaceAttribute.Pose(analyzer.AttributeModelFor(ModelKind.Pose));
        IFaceAttribute<FaceLandmarks68> landmarks = FaceAttribute.Landmarks(analyzer.AttributeModelFor(ModelKind.Landmarks));
        int width = image.Width,
            height = image.Height;
        double side = Math.Sqrt(face.Box.Width * face.Box.Height),
            angle = Turn * Math.PI / 180,
            a = Math.Cos(angle),
            b = Math.Sin(angle);
        Vector2 centre = face.Box.Center;
        SimilarityTransform turn = new(a, b, centre.X - (a * centre.X - b * centre.Y), centre.Y - (b * centre.X + a * centre.Y));
        byte[] turnedPixels = new byte[3 * width * height],
            mirroredPixels = new byte[3 * width * height];
        BilinearWarp.Warp(image.FullResolution, turn, width, height, turnedPixels);
        BilinearWarp.Warp(image.FullResolution, new(1, 0, 0, 0), width, height, mirroredPixels);
        for (int y = 0; y < height; y++)
            Flip(mirroredPixels.AsSpan(3 * width * y, 3 * width));
        using FaceImage turned = Of(turnedPixels),
            mirrored = Of(mirroredPixels);
        DetectedFace other = new(new(width - face.Box.Right, face.Box.Y, face.Box.Width, face.Box.Height), 1, default);

        if (
            poses.Estimate(image, [face])[0].Value is { } pose
            && poses.Estimate(mirrored, [other])[0].Value is { } reflected
            && poses.Estimate(turned, [face])[0].Value is { } tilted
        )
        {
            add("|yaw|", Math.Abs(pose.Yaw));
            add("|yaw + yaw of the mirror image|", Math.Abs(pose.Yaw + reflected.Yaw));
            add("pitch", pose.Pitch);
            add("|pitch - pitch of the mirror image|", Math.Abs(pose.Pitch - reflected.Pitch));
            add("|roll + roll of the mirror image|", Math.Abs(pose.Roll + reflected.Roll));
            add($"|change of roll - {Turn}| when turned by {Turn} degrees", Math.Abs(tilted.Roll - pose.Roll - Turn));
        }
        if (
            landmarks.Estimate(image, [face])[0].Value is not { } points
            || landmarks.Estimate(mirrored, [other])[0].Value is not { } back
            || landmarks.Estimate(turned, [face])[0].Value is not { } rotated
        )
            return;
        IReadOnlyList<Vector2> p = points.Points;
        Vector2[] five = [Mean(p, 36), Mean(p, 42), p[30], p[48], p[54]],
            detected = face.Landmarks.ToArray();
        add(
            "landmarks: distance to the detector's five, % of the side",
            100 * Average(5, i => Vector2.Distance(five[i], detected[i])) / side
        );
        add(
            "landmarks: distance to those of the mirror image, %",
            100 * Average(68, i => Vector2.Distance(p[i], new(width - 1 - back.Points[Mirror[i]].X, back.Points[Mirror[i]].Y))) / side
        );
        add(
            "landmarks: distance to those of the turned image, %",
            100 * Average(68, i => Vector2.Distance(turn.Apply(p[i]), rotated.Points[i])) / side
        );

        FaceImage Of(byte[] pixels) => FaceImage.FromPixels(new(pixels, width, height, 3 * width, PixelFormat.Rgb24));
    }

    private static void Flip(Span<byte> row)
    {
        row.Reverse();
        // Now blue comes before red: turn every pixel's bytes around again.
        for (int i = 0; i < row.Length; i += 3)
            row.Slice(i, 3).Reverse();
    }

    private static Vector2 Mean(IReadOnlyList<Vector2> points, int first) =>
        Enumerable.Range(first, 6).Aggregate(Vector2.Zero, (sum, i) => sum + points[i]) / 6;

    private static double Average(int count, Func<int, float> value) => Enumerable.Range(0, count).Average(i => (double)value(i));

    private static void Add(Dictionary<string, List<double>> figures, string name, double value)
    {
        if (!figures.TryGetValue(name, out List<double>? values))
            figures[name] = values = [];
        values.Add(value);
    }
}
