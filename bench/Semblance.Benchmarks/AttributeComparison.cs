using System.Diagnostics;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Evaluation.Speed;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Benchmarks;

/// <summary>
/// The attribute stage a face, on one thread: whole, beside its own network runs replayed through the bare runtime, and beside one
/// embedding, which tells machines apart. Processor time of this process: it stays the same when others use the machine.
/// </summary>
internal static class AttributeComparison
{
    private const int Repetitions = 40,
        Rounds = 5;

    public static void Run(string photograph)
    {
        RunRecorder recorder = new();
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().UseExecution(recorder.Execution).Build();
        using FaceImage image = FaceImage.FromFile(photograph);
        DetectedFace[] face =
        [
            analyzer.Detector.Detect(image, DetectionOptions.Default).MaxBy(found => found.Box.Width * found.Box.Height)
                ?? throw new InvalidOperationException($"{photograph} shows no face"),
        ];
        IFaceAttributeModel[] models =
        [
            .. new[] { ModelKind.Age, ModelKind.Emotion, ModelKind.Pose, ModelKind.Landmarks }.Select(analyzer.AttributeModelFor),
        ];
        double embedding = Milliseconds(() => analyzer.Embedder.Embed([analyzer.Aligner.Align(image, face[0])]));
        double sum = 0;
        using BareRuntime bare = new(new ExecutionOptions { Threads = 1 });
        foreach (IFaceAttributeModel model in models)
        {
            RecordedRun[] own = recorder.Record(() => model.Estimate(image, face));
            bare.Load(own);
            double stage = Milliseconds(() => model.Estimate(image, face)),
                networks = Milliseconds(() => bare.Replay(own));
            if (model.Kinds.Any(kind => kind is ModelKind.Age or ModelKind.Gender or ModelKind.Emotion))
                sum += stage;
            Console.WriteLine($"{model.Id, -14} {stage:0.00} ms, its networks {networks:0.00} ms, ratio {stage / networks:0.000}");
        }
        Console.WriteLine(
            $"age, gender and emotion {sum:0.00} ms a face; one embedding {embedding:0.00} ms, ratio {sum / embedding:0.000}"
        );
    }

    /// <summary>The best of several rounds.</summary>
    private static double Milliseconds(Action action)
    {
        for (int i = 0; i < Repetitions; i++)
            action();
        return Enumerable
            .Range(0, Rounds)
            .Min(_ =>
            {
                using Process process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                for (int i = 0; i < Repetitions; i++)
                    action();
                process.Refresh();
                return (process.TotalProcessorTime - before).TotalMilliseconds / Repetitions;
            });
    }
}
