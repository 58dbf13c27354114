using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Semblance.Conversion.Tests.Checkpoints.Files;

/// <summary>Writes checkpoints in the formats that are read, around any pickle.</summary>
internal static class TorchFiles
{
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356");

    /// <summary>PyTorch's format since 1.6.</summary>
    public static byte[] Zip(byte[] pickle, params IEnumerable<(string Key, byte[] Data)> storages) =>
        ZipOf([
            ("archive/data.pkl", pickle),
            .. storages.Select(storage => ($"archive/data/{storage.Key}", storage.Data)),
            ("archive/version", "3\n"u8.ToArray()),
        ]);

    /// <summary>An archive of stored entries.</summary>
    public static byte[] ZipOf(IEnumerable<(string Name, byte[] Data)> entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] data) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(data);
            }
        }
        return stream.ToArray();
    }

    /// <summary>PyTorch's format before 1.6.</summary>
    public static byte[] Legacy(byte[] pickle, params IReadOnlyList<(string Key, long Count, byte[] Data)> storages)
    {
        List<byte> file = [.. new PickleBytes().Protocol().Raw(0x8a, 10).Raw(Magic.ToByteArray()).Stop()];
        file.AddRange(new PickleBytes().Protocol().Number(1001).Stop());
        file.AddRange(new PickleBytes().Protocol().EmptyDict().Text("little_endian").Bool(true).SetItem().Stop());
        file.AddRange(pickle);
        PickleBytes keys = new PickleBytes().Protocol().EmptyList();
        foreach ((string key, _, _) in storages)
            keys.Text(key).Raw((byte)'a');
        file.AddRange(keys.Stop());
        foreach ((_, long count, byte[] data) in storages)
            file.AddRange([.. BitConverter.GetBytes(count), .. data]);
        return [.. file];
    }

    /// <summary>safetensors with any header.</summary>
    public static byte[] SafeTensors(string header, byte[] numbers)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. numbers];
    }

    public static byte[] Floats(params float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();

    /// <summary>A small sound file of each format, with two tensors.</summary>
    public static byte[] Sound(string format)
    {
        StoredTensor a = StoredTensor.Of("a", "0", 2, 3),
            b = StoredTensor.Of("b", "1", 2);
        byte[] pickle = new PickleBytes().Protocol().StateDict(a, b).Stop(),
            first = Floats(1, 2, 3, 4, 5, 6),
            second = Floats(7, 8);
        return format switch
        {
            "zip" => Zip(pickle, ("0", first), ("1", second)),
            "legacy" => Legacy(pickle, ("0", 6, first), ("1", 2, second)),
            "safetensors" => SafeTensors(
                """{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},"__metadata__":{"format":"pt"}}""",
                [.. first, .. second]
            ),
            _ => throw new ArgumentException(format),
        };
    }
}
