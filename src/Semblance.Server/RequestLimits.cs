namespace Semblance.Server;

/// <summary>What one request may bring. Checked before anything is decoded.</summary>
public sealed record RequestLimits
{
    /// <summary>Bytes of one encoded picture: 10 MiB.</summary>
    public long PictureBytes { get; init; } = 10L << 20;

    /// <summary>Bytes of one request: 64 MiB.</summary>
    public long RequestBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of all request bodies in memory at one time: 256 MiB. Beyond it requests are told to come back.</summary>
    public long BodyBytes { get; init; } = 256L << 20;

    /// <summary>Pixels of one picture, width times height: 40 million.</summary>
    public long Pixels { get; init; } = 40_000_000;

    /// <summary>Pixels of all pictures that are worked on at one time; the others wait. Each costs up to ten bytes while it is decoded.
    /// Null for one picture of <see cref="Pixels"/>, or 12 million for each worker where that is more.</summary>
    public long? PixelsTogether { get; init; }

    /// <summary>Parts of one multipart body, pairs of one form, pictures of one JSON array.</summary>
    public int Parts { get; init; } = 256;

    /// <summary>Depth of nested JSON, in a body and in a part of one.</summary>
    public int JsonDepth { get; init; } = 16;

    /// <summary>Bytes of a field that is text.</summary>
    public int TextBytes { get; init; } = 64 << 10;

    /// <summary>Faces in one picture that are embedded or described; a picture with more is refused.</summary>
    public int Faces { get; init; } = 512;

    /// <summary>Entries of a page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Bytes a second below which the body of a request is cut off, after five seconds.</summary>
    public double BodyBytesPerSecond { get; init; } = 1024;

    /// <summary>Time for the headers of a request.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal IEnumerable<string> FindProblems()
    {
        if (PictureBytes is < 1 or > int.MaxValue)
            yield return $"picture-bytes is {PictureBytes}, 1 to {int.MaxValue} are possible";
        if (RequestBytes < PictureBytes)
            yield return $"request-bytes is {RequestBytes}, less than a picture may have";
        if (RequestBytes > int.MaxValue)
            yield return $"request-bytes is {RequestBytes}, at most {int.MaxValue} are possible";
        if (BodyBytes < RequestBytes)
            yield return $"body-bytes is {BodyBytes}, less than one request may have";
        if (Pixels is < 1 or > Imaging.ImageDecodingOptions.LargestPixelLimit)
            yield return $"max-megapixels allows {Pixels} pixels, 1 to {Imaging.ImageDecodingOptions.LargestPixelLimit} are possible";
        if (PixelsTogether < Pixels)
            yield return $"megapixels-together allows {PixelsTogether} pixels, fewer than one picture may have";
        if (Parts < 1)
            yield return $"max-parts is {Parts}, at least 1 is needed";
        if (JsonDepth is < 4 or > 64)
            yield return $"json-depth is {JsonDepth}, 4 to 64 are possible";
        if (TextBytes < 1)
            yield return $"text-bytes is {TextBytes}, at least 1 is needed";
        if (!(BodyBytesPerSecond >= 0))
            yield return $"body-bytes-per-second is {BodyBytesPerSecond}, 0 or more is possible";
        if (HeadersTimeout <= TimeSpan.Zero)
            yield return $"headers-timeout is {HeadersTimeout}, more than 0 is needed";
        if (Faces < 1)
            yield return $"max-faces is {Faces}, at least 1 is needed";
        if (PageSize < 1)
            yield return $"page-size is {PageSize}, at least 1 is needed";
    }
}
