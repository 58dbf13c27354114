using System.Diagnostics;
using Semblance.Detection;
using Semblance.Evaluation.Speed;
using Semblance.Imaging;
using Semblance.Runtime;

namespace Semblance.Benchmarks;

/// <summary>
/// The networks of the pack against the same networks as ordinary exporters write them, and MTCNN against the sum of its own network
/// runs. Inputs are recorded from the line on a photograph; all are timed in turn on one thread, medians.
/// </summary>
internal static class NetworkComparison
{
    private const int Repetitions = 60;

    public static void Run(string originals, string photograph)
    {
        RunRecorder recorder = new();
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseDetector("mtcnn").UseExecution(recorder.Execution).Build();
        using FaceImage image = FaceImage.FromFile(photograph);
        _ = image.FullResolution;
        RecordedRun[] runs = recorder.Record(() => analyzer.Analyze(image, FaceFeatures.Embedding));
        using BareRuntime bare = new(new ExecutionOptions { Threads = 1 });
        foreach (IGrouping<string, RecordedRun> network in runs.GroupBy(run => run.ModelPath))
            Compare(bare, [.. network], OriginalOf(originals, network.Key));
        CompareDetector(analyzer, image, bare, [.. runs.Where(run => run.ModelPath.Contains("mtcnn"))], originals);
    }

    private static void Compare(BareRuntime bare, RecordedRun[] ours, string originalPath)
    {
        // The embedder's original takes one crop at a time.
        RecordedRun[] original = [.. ours.Select(run => run with { ModelPath = originalPath })];
        bare.Load(ours.Concat(original));
        (double pack, double plain) = Medians(() => bare.Replay(ours), () => bare.Replay(original));
        Console.WriteLine(
            $"{Path.GetFileName(Path.GetDirectoryName(ours[0].ModelPath))}/{Path.GetFileName(ours[0].ModelPath), -12} {ours.Length, 2} "
                + $"runs: {pack:0.00} ms, original {plain:0.00} ms, ratio {pack / plain:0.000}"
        );
    }

    private static void CompareDetector(FaceAnalyzer analyzer, FaceImage image, BareRuntime bare, RecordedRun[] runs, string originals)
    {
        RecordedRun[] plainRuns = [.. runs.Select(run => run with { ModelPath = OriginalOf(originals, run.ModelPath) })];
        (double detector, double networks) = Medians(
            () => analyzer.Detector.Detect(image, DetectionOptions.Default),
            () => bare.Replay(runs)
        );
        (double ours, double plain) = Medians(() => bare.Replay(runs), () => bare.Replay(plainRuns));
        Console.WriteLine(
            $"mtcnn {image.Width}x{image.Height}: {detector:0.0} ms, its networks {networks:0.0} ms, ratio {detector / networks:0.000}; "
                + $"networks against unrewritten ones {ours / plain:0.000}"
        );
    }

    private static string OriginalOf(string folder, string path) =>
        Path.Combine(folder, path.Contains("mobilefacenet-512") ? "fr_feature.onnx" : Path.GetFileName(path));

    private static (double A, double B) Medians(Action a, Action b)
    {
        List<double> timesA = [],
            timesB = [];
        for (int i = 0; i < Repetitions; i++)
        {
            timesA.Add(Time(a));
            timesB.Add(Time(b));
        }
        return (timesA.Order().ElementAt(Repetitions / 2), timesB.Order().ElementAt(Repetitions / 2));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
