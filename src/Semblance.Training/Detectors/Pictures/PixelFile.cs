using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;
using Semblance.Files;
using SkiaSharp;

namespace Semblance.Training.Detectors.Pictures;

/// <summary>
/// Decoded pictures in one file that is mapped into memory: a picture is decoded once for a whole run, and what memory cannot hold stays on
/// the disk. Thread-safe.
/// </summary>
internal sealed class PixelFile : IDisposable
{
    private const int PixelBytes = 4;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly unsafe byte* _start;
    private readonly (long Offset, int Width, int Height)[] _places;

    private unsafe PixelFile(string path, (long, int, int)[] places)
    {
        _places = places;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start;
    }

    /// <summary>Opens a file of the same pictures, or decodes them into a new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pictures">Names of the pictures with what reads their compressed bytes.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="TrainingException">A picture cannot be decoded.</exception>
    public static PixelFile Open(
        string path,
        IReadOnlyList<(string Name, Func<byte[]> Bytes)> pictures,
        CancellationToken cancellationToken
    )
    {
        string index = path + ".index";
        string key = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', pictures.Select(picture => picture.Name))))
        );
        if (Known(path, index, key, pictures.Count) is { } known)
            return new(path, known);
        (long, int, int)[] places = new (long, int, int)[pictures.Count];
        AtomicFile.Write(path, stream =>
        {
            for (int i = 0; i < places.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using SKBitmap bitmap = Decode(pictures[i].Bytes(), pictures[i].Name);
                places[i] = (stream.Position, bitmap.Width, bitmap.Height);
                stream.Write(bitmap.GetPixelSpan());
            }
        });
        AtomicFile.WriteAllText(
            index,
            string.Concat(
                places
                    .Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Item1} {place.Item2} {place.Item3}"))
                    .Prepend(key)
                    .Select(line => line + Environment.NewLine)
            )
        );
        return new(path, places);
    }

    private static (long, int, int)[]? Known(string path, string index, string key, int count)
    {
        if (!File.Exists(path) || !File.Exists(index))
            return null;
        string[] lines = File.ReadAllLines(index);
        if (lines.Length != count + 1 || lines[0] != key)
            return null;
        long[][] places =
        [
            .. lines.Skip(1).Select(line => line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
        ];
        return [.. places.Select(place => (place[0], (int)place[1], (int)place[2]))];
    }

    /// <summary>Size of a picture.</summary>
    public (int Width, int Height) SizeOf(int index) => (_places[index].Width, _places[index].Height);

    /// <summary>A picture; valid as long as the file is open.</summary>
    public unsafe SKImage Open(int index)
    {
        (long offset, int width, int height) = _places[index];
        return SKImage.FromPixels(Layout(width, height), (nint)(_start + offset), width * PixelBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static SKBitmap Decode(byte[] bytes, string name)
    {
        using SKCodec? codec = SKCodec.Create(new SKMemoryStream(bytes));
        return codec is not null && SKBitmap.Decode(codec, Layout(codec.Info.Width, codec.Info.Height)) is { } bitmap
            ? bitmap
            : throw new TrainingException($"{name}: no picture of a known format");
    }

    private static SKImageInfo Layout(int width, int height) => new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
}
