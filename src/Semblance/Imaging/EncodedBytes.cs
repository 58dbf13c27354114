using Semblance.Files;

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

    /// <exception cref="ImageAccessException">The file cannot be opened or read.</exception>
    /// <exception cref="ImageFormatException">The file has too many bytes.</exception>
    public static EncodedBytes FromFile(string path, string name, ImageDecodingOptions options)
    {
        try
        {
            if (Directory.Exists(path))
                throw ImageAccessException.Unreadable(name, "this is a folder, not an image file");
            using FileStream file = RegularFile.Open(path);
            return FromStream(file, name, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ImageAccessException.NotFound(name, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw ImageAccessException.Unreadable(name, "the file cannot be read: permission is denied", e);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            throw ImageAccessException.Unreadable(name, "the file cannot be read: " + e.Message, e);
        }
    }

    /// <exception cref="ImageFormatException">The stream has too many bytes.</exception>
    public static EncodedBytes FromStream(Stream stream, string name, ImageDecodingOptions options)
    {
        using Filling filling = new(stream, name, options);
        while (filling.Take(stream.Read(filling.Free.Span))) { }
        return filling.Finish();
    }

    /// <inheritdoc cref="FromStream"/>
    public static async Task<EncodedBytes> FromStreamAsync(
        Stream stream,
        string name,
        ImageDecodingOptions options,
        CancellationToken cancellationToken
    )
    {
        using Filling filling = new(stream, name, options);
        while (filling.Take(await stream.ReadAsync(filling.Free, cancellationToken).ConfigureAwait(false))) { }
        return filling.Finish();
    }

    /// <summary>The same bytes and a few more, in memory of their own.</summary>
    public EncodedBytes With(ReadOnlySpan<byte> more)
    {
        PixelBuffer buffer = new(Memory.Length + more.Length);
        Memory.Span.CopyTo(buffer.GetSpan());
        more.CopyTo(buffer.GetSpan()[Memory.Length..]);
        return new(buffer.Memory, buffer);
    }

    public void Dispose() => _owned?.Dispose();

    private static ImageFormatException TooMany(string name, long bytes, ImageDecodingOptions options) =>
        new(name, $"{bytes} bytes or more, the limit for compressed data is {options.ByteLimit}");

    /// <summary>A block that grows while a stream is read into it, one byte beyond the limit at most.</summary>
    private sealed class Filling : IDisposable
    {
        private readonly string _name;
        private readonly ImageDecodingOptions _options;
        private PixelBuffer? _buffer;
        private int _filled;

        public Filling(Stream stream, string name, ImageDecodingOptions options)
        {
            (_name, _options) = (name, options);
            long expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : 0;
            if (expected > options.ByteLimit)
                throw TooMany(name, expected, options);
            // The end shows in a read of nothing, for which there must be room.
            _buffer = new(Bounded(expected > 0 ? expected + 1 : FirstBlock));
        }

        /// <summary>Where the next bytes go; never empty.</summary>
        public Memory<byte> Free => _buffer!.Memory[_filled..];

        /// <summary>Takes note of bytes that were read; false at the end of the stream.</summary>
        public bool Take(int read)
        {
            if (read == 0)
                return false;
            _filled += read;
            if (_filled > _options.ByteLimit)
                throw TooMany(_name, _filled, _options);
            if (_filled == _buffer!.Memory.Length)
                Grow();
            return true;
        }

        /// <summary>Hands the bytes over.</summary>
        public EncodedBytes Finish()
        {
            PixelBuffer buffer = _buffer!;
            _buffer = null;
            return new(buffer.Memory[.._filled], buffer);
        }

        public void Dispose() => _buffer?.Dispose();

        private void Grow()
        {
            PixelBuffer larger = new(Bounded(2L * _filled));
            _buffer!.Memory.Span.CopyTo(larger.Memory.Span);
            _buffer.Dispose();
            _buffer = larger;
        }

        private int Bounded(long size) => (int)Math.Min(Math.Min(_options.ByteLimit, Array.MaxLength - 1) + 1, size);
    }
}
