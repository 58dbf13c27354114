namespace Semblance.Imaging;

/// <summary>From compressed bytes to who decodes them.</summary>
internal static class CompressedSources
{
    /// <summary>Reads the header. Takes ownership of the bytes, also when it throws.</summary>
    /// <exception cref="ImageFormatException">No format that is read, or a broken header.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static IImageSource Open(EncodedBytes bytes, string name, ImageDecodingOptions options) =>
        EncodedFormat.Identify(bytes.Memory.Span) is null && ForeignImage.DecoderFor(bytes.Memory.Span, options) is { } reader
            ? ForeignImage.Open(bytes, name, reader, options)
            : EncodedImage.Open(bytes, name, options);
}
