namespace Semblance.Imaging;

/// <summary>Says in words what bytes are that no decoder takes.</summary>
internal static class ContentSniffer
{
    private const int Looked = 512;

    private static readonly (byte[] Magic, string Name)[] Known =
    [
        ([0xFF, 0xD8, 0xFF], "a JPEG"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG"),
        ("GIF8"u8.ToArray(), "a GIF"),
        ("BM"u8.ToArray(), "a BMP"),
        ("RIFF"u8.ToArray(), "a WebP"),
    ];

    private static readonly (byte[] Magic, string Name)[] Foreign =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x50, 0x4B, 3, 4], "a ZIP archive"),
        ([0x49, 0x49, 0x2A, 0], "a TIFF image"),
        ([0x4D, 0x4D, 0, 0x2A], "a TIFF image"),
        ([0x1F, 0x8B], "a gzip file"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
        ([0x4D, 0x5A], "a program"),
    ];

    /// <summary>What was found, and what would do.</summary>
    public static string Describe(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return "the file is empty";
        foreach ((byte[] magic, string name) in Known)
            if (content.StartsWith(magic)) return $"begins like {name} image, but its header is damaged or cut off";
        string found = "not an image";
        foreach ((byte[] magic, string name) in Foreign)
            if (content.StartsWith(magic)) found = name;
        if (content.Length > 12 && content[4..8].SequenceEqual("ftyp"u8)) found = "an HEIF, AVIF or video file";
        if (found == "not an image" && IsText(content[..Math.Min(Looked, content.Length)])) found = "a text file";
        return $"{found}; JPEG, PNG, WebP, BMP and GIF can be read";
    }

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        foreach (byte b in content)
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r')) return false;
        return true;
    }
}
