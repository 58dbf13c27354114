using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Semblance.Conversion.Onnx;
using Semblance.Files;
using Semblance.Training.Trainer;

namespace Semblance.Training.Identity;

/// <summary>
/// What a network's frozen layers give for several variations of every crop, computed once and kept as 16-bit floats. Training the layers
/// behind them then costs nothing but these.
/// </summary>
internal sealed class FrozenViews
{
    private const int BatchSize = 16;

    private readonly Half[][] _values;

    private FrozenViews(Half[][] values, int[] shape, int perCrop) => (_values, Shape, PerCrop) = (values, shape, perCrop);

    /// <summary>[C, H, W] of one result.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Variations of a crop; result i belongs to crop i / PerCrop.</summary>
    public int PerCrop { get; }

    /// <summary>Number of results.</summary>
    public int Count => _values.Length;

    /// <summary>Copies one result.</summary>
    public void Read(int index, Span<float> values) => TensorPrimitives.ConvertToSingle(_values[index], values);

    /// <summary>Computes the results, or takes them from the cache.</summary>
    /// <param name="model">The frozen layers.</param>
    /// <param name="crops">112 x 112 x 3 bytes each.</param>
    /// <param name="perCrop">Variations of every crop, 1 or more.</param>
    /// <param name="augmentation">How they are varied.</param>
    /// <param name="layout">The network's input.</param>
    /// <param name="seed">Seed of the variations.</param>
    /// <param name="cache">Folder of caches.</param>
    /// <param name="threads">Threads of one pass; null for all cores.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static FrozenViews Make(
        OnnxModel model,
        IReadOnlyList<byte[]> crops,
        int perCrop,
        Augmentation augmentation,
        InputLayout layout,
        int seed,
        string cache,
        int? threads,
        CancellationToken cancellationToken = default
    )
    {
        byte[] network = model.ToBytes();
        string file = Path.Combine(cache, KeyOf(network, crops, $"{perCrop} {augmentation} {layout} {seed}") + ".views");
        if (Load(file, crops.Count * perCrop, perCrop) is { } known)
            return known;
        const int Values = 3 * CropImage.Plane;
        using SessionOptions settings = new() { IntraOpNumThreads = threads ?? 0 };
        using InferenceSession session = new(network, settings);
        using RunOptions run = new();
        Half[][] results = new Half[crops.Count * perCrop][];
        int[] shape = [];
        for (int first = 0; first < results.Length; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchSize, results.Length - first);
            float[] input = new float[count * Values];
            for (int i = 0; i < count; i++)
            {
                CropImage image = CropImage.FromBytes(crops[(first + i) / perCrop]);
                CropAugmentation.Apply(augmentation, image, StepRandom.For(seed, first + i, RandomStream.Augmentation));
                layout.Write(image, input.AsSpan(i * Values, Values));
            }
            using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(input, [count, 3, CropImage.Side, CropImage.Side]);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [tensor], session.OutputNames);
            shape = [.. outputs[0].GetTensorTypeAndShape().Shape.Skip(1).Select(axis => (int)axis)];
            ReadOnlySpan<float> all = outputs[0].GetTensorDataAsSpan<float>();
            int each = all.Length / count;
            for (int i = 0; i < count; i++)
                TensorPrimitives.ConvertToHalf(all.Slice(i * each, each), results[first + i] = new Half[each]);
        }
        Save(file, results, shape);
        return new(results, shape, perCrop);
    }

    private static string KeyOf(byte[] network, IReadOnlyList<byte[]> crops, string how)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(network);
        foreach (byte[] crop in crops)
            hash.AppendData(crop);
        hash.AppendData(Encoding.UTF8.GetBytes(how));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..24];
    }

    private static FrozenViews? Load(string file, int count, int perCrop)
    {
        if (!File.Exists(file))
            return null;
        using BinaryReader reader = new(RegularFile.Open(file));
        if (reader.BaseStream.Length < 12)
            return null;
        int[] shape = [reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()];
        int each = shape[0] * shape[1] * shape[2];
        if (reader.BaseStream.Length != 12 + (long)count * each * 2)
            return null;
        Half[][] values = new Half[count][];
        for (int i = 0; i < count; i++)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes((values[i] = new Half[each]).AsSpan()));
        return new(values, shape, perCrop);
    }

    private static void Save(string file, Half[][] values, int[] shape)
    {
        AtomicFile.Write(file, stream =>
        {
            using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
            foreach (int axis in shape)
                writer.Write(axis);
            foreach (Half[] value in values)
                writer.Write(MemoryMarshal.AsBytes(value.AsSpan()));
        });
    }
}
