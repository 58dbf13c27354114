namespace Semblance.Imaging;

/// <summary>Reads picture formats that this library does not read itself. Implementations are thread-safe.</summary>
/// <remarks>Hand it over in <see cref="ImageDecodingOptions.Decoders"/>. Limits are checked before <see cref="Decode"/> is
/// called.</remarks>
public interface IImageDecoder
{
    /// <summary>The name of the format, e.g. <c>HEIF</c>; null where the bytes are none that is read here.</summary>
    /// <param name="bytes">The whole compressed picture, at least its start.</param>
    string? Identify(ReadOnlySpan<byte> bytes);

    /// <summary>Width and height of the upright picture, from the header alone.</summary>
    /// <param name="bytes">The whole compressed picture.</param>
    /// <exception cref="InvalidDataException">The header is broken; the message says how, without naming the picture.</exception>
    (int Width, int Height) ReadSize(ReadOnlyMemory<byte> bytes);

    /// <summary>Decodes the picture upright, as sRGB, what is transparent on white.</summary>
    /// <param name="bytes">The whole compressed picture.</param>
    /// <param name="pixels">Takes red, green, blue and an unused byte a pixel, the rows without gaps.</param>
    /// <exception cref="InvalidDataException">The data is broken; the message says how, without naming the picture.</exception>
    void Decode(ReadOnlyMemory<byte> bytes, Span<byte> pixels);

    /// <summary>What is wrong with a picture that was decoded all the same: its result warns of it.</summary>
    /// <param name="bytes">The whole compressed picture.</param>
    /// <returns>In words, without naming the picture; null where nothing is known to be wrong.</returns>
    string? FindDamage(ReadOnlyMemory<byte> bytes) => null;
}
