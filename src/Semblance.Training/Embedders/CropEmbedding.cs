using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.Onnx;
using Semblance.Training.Identity;

namespace Semblance.Training.Embedders;

/// <summary>
/// Embeds crops with a network as it is exported, in ONNX Runtime: what is measured is what is shipped, and a pass takes a third of
/// libtorch's time.
/// </summary>
internal static class CropEmbedding
{
    private const int BatchSize = 16;

    /// <summary>Unit vectors of crops.</summary>
    /// <param name="model">One input [N, 3, 112, 112] and one output [N, d].</param>
    /// <param name="crops">112 x 112 x 3 bytes each.</param>
    /// <param name="layout">The network's input.</param>
    /// <param name="degradation">Done to every crop before; null for none.</param>
    /// <param name="threads">Threads of one pass; null for all cores.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static float[][] Embed(
        OnnxModel model,
        IReadOnlyList<byte[]> crops,
        InputLayout layout,
        Degradation? degradation = null,
        int? threads = null,
        CancellationToken cancellationToken = default
    )
    {
        const int Values = 3 * CropImage.Plane;
        using SessionOptions settings = new() { IntraOpNumThreads = threads ?? 0 };
        using InferenceSession session = new(model.ToBytes(), settings);
        using RunOptions run = new();
        float[][] vectors = new float[crops.Count][];
        for (int first = 0; first < crops.Count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchSize, crops.Count - first);
            float[] input = new float[count * Values];
            for (int i = 0; i < count; i++)
            {
                CropImage image = CropImage.FromBytes(crops[first + i]);
                degradation?.Apply(image);
                layout.Write(image, input.AsSpan(i * Values, Values));
            }
            using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(input, [count, 3, CropImage.Side, CropImage.Side]);
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, session.InputNames, [tensor], session.OutputNames);
            ReadOnlySpan<float> all = results[0].GetTensorDataAsSpan<float>();
            int dimension = all.Length / count;
            for (int i = 0; i < count; i++)
                vectors[first + i] = Normalize(all.Slice(i * dimension, dimension));
        }
        return vectors;
    }

    private static float[] Normalize(ReadOnlySpan<float> vector)
    {
        double squares = 0;
        foreach (float x in vector)
            squares += (double)x * x;
        float[] unit = vector.ToArray();
        float factor = squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
        for (int i = 0; i < unit.Length; i++)
            unit[i] *= factor;
        return unit;
    }
}
