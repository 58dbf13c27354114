using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Weights;
using Semblance.TestSupport;

namespace Semblance.Conversion.Tests.Reference;

/// <summary>An official network whose weights are filled by a rule, and what it gave.</summary>
internal sealed record ReferenceNetwork(StateDict Weights, long[] InputShape, IReadOnlyList<ReferenceOutput> Outputs)
{
    public static ReferenceNetwork Require(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require($"reference/networks/{name}.json")));
        JsonElement root = document.RootElement;
        double gain = root.GetProperty("gain").GetDouble();
        List<KeyValuePair<string, StateTensor>> entries = [];
        foreach (JsonElement entry in root.GetProperty("keys").EnumerateArray())
        {
            string key = entry.GetProperty("key").GetString()!;
            entries.Add(
                KeyValuePair.Create<string, StateTensor>(
                    key,
                    new RuleTensor(key, entry.GetProperty("kind").GetString()!, gain, Shape(entry))
                )
            );
        }
        return new(
            new(entries),
            Shape(root.GetProperty("input")),
            [.. root.GetProperty("outputs").EnumerateArray().Select(ReferenceOutput.Read)]
        );
    }

    /// <summary>Runs a graph on the input of the reference data, from a file that is deleted again: the largest have 260 MB.</summary>
    public static Dictionary<string, float[]> Run(OnnxModel model, long[] inputShape)
    {
        string path = Path.GetTempFileName();
        try
        {
            model.Write(path);
            using SessionOptions options = new() { IntraOpNumThreads = 2 };
            using InferenceSession session = new(path, options);
            using RunOptions run = new();
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(
                new RuleTensor("input", "input", 1, inputShape).ToFloats(),
                inputShape
            );
            string[] names = [.. session.OutputNames];
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["input"], [input], names);
            return names.Zip(outputs, (name, value) => (name, value.GetTensorDataAsSpan<float>().ToArray())).ToDictionary();
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// The outputs under the official names. Faces' probabilities, which the official MTCNN gives beside those of the background, become
    /// the official pair.
    /// </summary>
    public static void AssertOutputs(IReadOnlyList<ReferenceOutput> expected, Dictionary<string, float[]> actual)
    {
        foreach (ReferenceOutput output in expected)
        {
            float[] values = actual[OurNames.GetValueOrDefault(output.Name, output.Name)];
            output.AssertNear(output.Name == "probability" ? WithBackground(values, output.Shape) : values);
        }
    }

    private static readonly Dictionary<string, string> OurNames = new() { ["feature"] = "embedding", ["classifiers"] = "scores" };

    private static float[] WithBackground(float[] face, long[] shape)
    {
        int plane = (int)shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        return [.. face.Chunk(plane).SelectMany(map => map.Select(p => 1 - p).Concat(map))];
    }

    private static long[] Shape(JsonElement entry) => [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
}
