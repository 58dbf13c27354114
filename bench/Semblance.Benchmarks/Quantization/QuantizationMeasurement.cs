using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Benchmarks.Quantization;

/// <summary>
/// What 8 bits would bring a detector of the pack: the network as it is and quantised after a calibration of our own, average precision on
/// labelled pictures, and time on one thread in turns.
/// </summary>
internal static class QuantizationMeasurement
{
    private const int CalibrationPictures = 64;
    private const int Repetitions = 60;
    private static readonly int[] Heights = [16, 32];
    private static readonly (int Width, int Height)[] Sizes = [(320, 240), (640, 480), (1280, 960)];

    /// <param name="id">Catalogue id of a detector that is one network.</param>
    /// <param name="calibration">Folder of the pictures that the steps are chosen by.</param>
    /// <param name="truthFile">Labels of the pictures that average precision is measured on; it lies in their folder.</param>
    public static void Run(string id, string calibration, string truthFile)
    {
        InstalledModel model = ModelCatalog.Default.Find(id, ModelKind.Detector);
        OnnxModel network = OnnxModel.Read(model.PathOf());
        OnnxModel quantized = QuantizedGraph.Of(network, Ranges(model, network, calibration));
        string folder = Directory.CreateTempSubdirectory("quantized-").FullName;
        try
        {
            InstalledModel small = Install(model.Manifest, quantized, folder);
            Console.WriteLine($"size: {new FileInfo(model.PathOf()).Length:n0} bytes, in 8 bits {new FileInfo(small.PathOf()).Length:n0}");
            foreach ((int width, int height) in Sizes)
                Time(model, small, width, height);
            IReadOnlyList<TruthImage> truth = DetectionTruth.Read(truthFile);
            string pictures = Path.GetDirectoryName(Path.GetFullPath(truthFile))!;
            Console.WriteLine($"average precision: {Precision(model, truth, pictures)}; in 8 bits {Precision(small, truth, pictures)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static InstalledModel Install(ModelManifest manifest, OnnxModel network, string folder)
    {
        string file = manifest.Files[InstalledModel.SingleRole].File;
        byte[] bytes = network.ToBytes();
        File.WriteAllBytes(Path.Combine(folder, file), bytes);
        ModelFile described = new(file, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        ModelManifest own = manifest with { Files = new Dictionary<string, ModelFile> { [InstalledModel.SingleRole] = described } };
        own.Write(Path.Combine(folder, InstalledModel.ManifestName));
        return new(own, folder);
    }

    /// <summary>Runs the network with all its values as outputs: once for how far they go, once for how often each is taken.</summary>
    private static Dictionary<string, ActivationRange> Ranges(InstalledModel model, OnnxModel network, string calibration)
    {
        IReadOnlyList<string> values = QuantizedGraph.ValuesOf(network.Graph);
        string input = network.Graph.Inputs[0].Name;
        OnnxGraph seen = new()
        {
            Name = network.Graph.Name,
            Nodes = network.Graph.Nodes,
            Initializers = network.Graph.Initializers,
            Inputs = network.Graph.Inputs,
            Outputs = [.. values.Where(value => value != input).Select(Seen)],
        };
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = new((network with { Graph = seen }).ToBytes(), options);
        Dictionary<string, ActivationHistogram> histograms = values.ToDictionary(value => value, _ => new ActivationHistogram());
        foreach (bool counting in new[] { false, true })
        {
            EachInput(model, calibration, (tensor, shape) =>
            {
                Take(input, tensor.Span);
                using OrtValue fed = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, tensor, shape);
                using RunOptions run = new();
                using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [input], [fed], session.OutputNames);
                for (int i = 0; i < results.Count; i++)
                    Take(session.OutputNames[i], results[i].GetTensorDataAsSpan<float>());
            });

            void Take(string value, ReadOnlySpan<float> taken)
            {
                if (counting)
                    histograms[value].Count(taken);
                else
                    histograms[value].Widen(taken);
            }
        }
        return histograms.ToDictionary(histogram => histogram.Key, histogram => histogram.Value.Best());
    }

    private static OnnxValue Seen(string value) => new(value, OnnxElement.Float, ["N", $"{value}/C", $"{value}/H", $"{value}/W"]);

    /// <summary>The tensors that the detector itself makes of the pictures.</summary>
    private static void EachInput(InstalledModel model, string folder, Action<Memory<float>, long[]> take)
    {
        ExecutionOptions execution = new() { Threads = 1, Tap = run => take(run.Input.ToArray(), [.. run.Shape]) };
        using IFaceDetector detector = FaceDetectors.Create(model, execution);
        string[] files = PhotographFolder.FilesOf(folder, SearchOption.AllDirectories);
        int step = Math.Max(1, files.Length / CalibrationPictures);
        foreach (string file in files.Where((_, i) => i % step == 0).Take(CalibrationPictures))
        {
            using FaceImage image = FaceImage.FromFile(file);
            detector.Detect(image, DetectionOptions.Default);
        }
    }

    private static string Precision(InstalledModel model, IReadOnlyList<TruthImage> truth, string folder)
    {
        using IFaceDetector detector = FaceDetectors.Create(model, new() { Threads = 1 });
        DetectionOptions options = new() { MinScore = detector.ScoreFloor };
        List<(TruthImage, IReadOnlyList<DetectedFace>)> found = [];
        foreach (TruthImage labelled in truth)
        {
            using FaceImage image = FaceImage.FromFile(Path.Combine(folder, labelled.File));
            found.Add((labelled, detector.Detect(image, options)));
        }
        DetectionReport report = DetectionProtocol.Evaluate(found, Heights, detector.ScoreFloor);
        return string.Join(", ", Heights.Select(height => $"from {height} px {report.Ap[$"{height}"]:0.0000}"));
    }

    private static void Time(InstalledModel model, InstalledModel small, int width, int height)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession whole = new(model.PathOf(), options),
            quantized = new(small.PathOf(), options);
        Random random = new(1);
        float[] pixels = [.. Enumerable.Range(0, 3 * width * height).Select(_ => random.Next(-123, 132) + 0f)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, height, width]);
        (double least, double leastQuantized) = (double.MaxValue, double.MaxValue);
        for (int i = 0; i < Repetitions; i++)
        {
            least = Math.Min(least, Once(whole));
            leastQuantized = Math.Min(leastQuantized, Once(quantized));
        }
        Console.WriteLine(
            $"{width}x{height}: {least:0.00} ms, in 8 bits {leastQuantized:0.00} ms, {least / leastQuantized:0.00} times as fast (least of "
                + $"{Repetitions} in turns)"
        );

        double Once(InferenceSession session)
        {
            using RunOptions run = new();
            long start = Stopwatch.GetTimestamp();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, [input], session.OutputNames);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
