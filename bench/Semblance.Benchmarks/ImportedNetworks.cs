using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Weights;

namespace Semblance.Benchmarks;

/// <summary>
/// Networks as they are imported against the same networks as PyTorch's exporter writes them, in the same ONNX Runtime: one thread, one
/// picture, in turn, medians. Weights are made up, which changes neither graph nor time.
/// </summary>
internal static class ImportedNetworks
{
    private const int Warm = 3,
        Repetitions = 21,
        DetectorSide = 640;

    public static void Run(IReadOnlyList<string> ids)
    {
        foreach (IArchitecture architecture in ArchitectureCatalog.All.Where(a => ids.Count == 0 || ids.Contains(a.Id)))
            Compare(architecture);
    }

    private static void Compare(IArchitecture architecture)
    {
        StateDict weights = SeededWeights.Of(architecture);
        long[] shape = [1, 3, Side(architecture.Input.Height), Side(architecture.Input.Width)];
        using Network imported = new(architecture, weights, GraphForm.Fast, shape),
            exported = new(architecture, weights, GraphForm.Exported, shape);
        double difference = imported.Run().Zip(exported.Run(), (a, b) => Math.Abs(a - b)).Max(),
            largest = exported.Run().Max(Math.Abs);
        (double ours, double theirs) = Medians(imported, exported);
        Console.WriteLine(
            $"{architecture.Id, -24} imported {ours, 8:0.00} ms, exported {theirs, 8:0.00} ms, ratio {ours / theirs:0.000}, largest "
                + $"difference {difference / largest:0.0e+0} of {largest:0.00}"
        );
    }

    private static long Side(int pixels) => pixels == 0 ? DetectorSide : pixels;

    private static (double A, double B) Medians(Network a, Network b)
    {
        List<double> timesA = [],
            timesB = [];
        for (int i = -Warm; i < Repetitions; i++)
        {
            double timeA = Time(a),
                timeB = Time(b);
            if (i < 0)
                continue;
            timesA.Add(timeA);
            timesB.Add(timeB);
        }
        return (timesA.Order().ElementAt(Repetitions / 2), timesB.Order().ElementAt(Repetitions / 2));
    }

    private static double Time(Network network)
    {
        long start = Stopwatch.GetTimestamp();
        network.Run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>A graph, written and loaded.</summary>
    private sealed class Network : IDisposable
    {
        private readonly SessionOptions _options = new() { IntraOpNumThreads = 1 };
        private readonly RunOptions _run = new();
        private readonly InferenceSession _session;
        private readonly OrtValue _input;

        public Network(IArchitecture architecture, StateDict weights, GraphForm form, long[] shape)
        {
            string path = Path.GetTempFileName();
            architecture.Build(weights, form).Write(path);
            _session = new(path, _options);
            File.Delete(path);
            Random random = new(0);
            float[] input = new float[shape.Aggregate(1L, (product, size) => product * size)];
            for (int i = 0; i < input.Length; i++)
                input[i] = (random.NextSingle() - 0.5f) * 2;
            _input = OrtValue.CreateTensorValueFromMemory(input, shape);
        }

        public float[] Run()
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(
                _run,
                [NetworkInput.Name],
                [_input],
                [_session.OutputNames[0]]
            );
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }

        public void Dispose()
        {
            _input.Dispose();
            _session.Dispose();
            _run.Dispose();
            _options.Dispose();
        }
    }
}
