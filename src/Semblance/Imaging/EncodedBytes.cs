namespace Semblance.Imaging;

/// <summary>The compressed bytes of one image, read into pooled memory or lent by the caller.</summary>
internal sealed class EncodedBytes : IDisposable
{
    private const int FirstBlock = 1 << 20;

    private readonly PixelBuffer? _owned;

    private EncodedBytes(ReadOnlyMemory<byte> memory, PixelBuffer? owned) => (Memory, _owned) = (memory, owned);

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Lent bytes: nothing is copied, nothing is freed.</summary>
    public static EncodedBytes From(ReadOnlyMemory<byte> bytes, string name, ImageDecodingOptions options) =>
        bytes.Length <= options.ByteLimit ? new(bytes, null) : throw TooMany(name, bytes.Length, options);

    /// <exception cref="ImageFormatException">The file cannot be opened or read, or has too many bytes.</exception>
    public static EncodedBytes FromFile(string path, ImageDecodingOptions options)
    {
        try
        {
            if (Directory.Exists(path))
                throw new ImageFormatException(path, "this is a folder, not an image file");
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return FromStream(file, path, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFormatException(path, "no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ImageFormatException(path, "the file cannot be read: permission is denied", e);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            throw new ImageFormatException(path, "the file cannot be read: " + e.Message, e);
        }
    }

    /// <exception cref="ImageFormatException">The stream has too many bytes.</exception>
    public static EncodedBytes FromStream(Stream stream, string name, ImageDecodingOptions options)
    {
        long expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
        if (expected > options.ByteLimit)
            throw TooMany(name, expected, options);
        PixelBuffer buffer = new((int)Math.Min(options.ByteLimit, expected > 0 ? expected + 1 : FirstBlock));
        try
        {
            int filled = 0;
            while (true)
            {
                int read = stream.Read(buffer.GetSpan()[filled..]);
                if (read == 0 && filled < buffer.GetSpan().Length)
                    break;
                filled += read;
                if (filled < buffer.GetSpan().Length)
                    continue;
                if (filled >= options.ByteLimit)
                {
                    if (stream.ReadByte() < 0)
                        break;
                    throw TooMany(name, filled + 1L, options);
                }
                buffer = Grow(buffer, options.ByteLimit);
            }
            return new(buffer.Memory[..filled], buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public void Dispose() => _owned?.Dispose();

    private static PixelBuffer Grow(PixelBuffer buffer, long limit)
    {
        PixelBuffer larger = new((int)Math.Min(limit, 2L * buffer.GetSpan().Length));
        buffer.GetSpan().CopyTo(larger.GetSpan());
        buffer.Dispose();
        return larger;
    }

    private static ImageFormatException TooMany(string name, long bytes, ImageDecodingOptions options) =>
        new(name, $"{bytes} bytes or more, the limit for compressed data is {options.ByteLimit}");
}
