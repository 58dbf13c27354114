using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Semblance.TestSupport;

namespace Semblance.Conversion.Tests;

/// <summary>Runs networks of the pack and reads what their origins gave.</summary>
internal static class PackModel
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models");

    public static float[] Run(string file, float[] input, long[] shape, string output) =>
        Run(File.ReadAllBytes(Path.Combine(Folder, file)), input, shape, output);

    public static float[] Run(byte[] model, float[] input, long[] shape, string output)
    {
        using InferenceSession session = new(model);
        using RunOptions options = new();
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [session.InputNames[0]], [value], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public static float[] Reference(string name) =>
        MemoryMarshal
            .Cast<byte, float>(
                File.ReadAllBytes(
                    Path.Combine(ReferenceData.Repository, "tests", "Semblance.Conversion.Tests", "References", name + ".f32")
                )
            )
            .ToArray();

    public static double RelativeL2(float[] actual, float[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = actual.Zip(expected, (a, e) => ((double)a - e) * ((double)a - e)).Sum();
        return Math.Sqrt(error / expected.Sum(e => (double)e * e));
    }
}
