namespace Semblance.Imaging;

/// <summary>Tells file formats by their first bytes, never by the file's name.</summary>
internal static class EncodedFormat
{
    private static readonly (string Name, int Offset, byte[] Magic)[] Photographs =
    [
        ("JPEG", 0, [0xFF, 0xD8, 0xFF]),
        ("PNG", 0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        ("WebP", 8, "WEBP"u8.ToArray()),
        ("BMP", 0, "BM"u8.ToArray()),
        ("GIF", 0, "GIF87a"u8.ToArray()),
        ("GIF", 0, "GIF89a"u8.ToArray()),
    ];

    private static readonly (string Name, int Offset, byte[] Magic)[] Others =
    [
        ("a PDF", 0, "%PDF"u8.ToArray()),
        ("a video or other ISO media file", 4, "ftyp"u8.ToArray()),
        ("a JPEG XL image", 0, [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ']),
        ("a JPEG XL image", 0, [0xFF, 0x0A]),
        ("a JPEG 2000 image", 0, [0, 0, 0, 12, (byte)'j', (byte)'P']),
        ("a Photoshop document", 0, "8BPS"u8.ToArray()),
        ("an icon", 0, [0, 0, 1, 0]),
        ("a cursor", 0, [0, 0, 2, 0]),
        ("a ZIP archive or office document", 0, "PK\u0003\u0004"u8.ToArray()),
        ("a gzip archive", 0, [0x1F, 0x8B]),
        ("a program", 0, "MZ"u8.ToArray()),
        ("a program", 0, [0x7F, (byte)'E', (byte)'L', (byte)'F']),
        ("a RIFF file that is no WebP", 0, "RIFF"u8.ToArray()),
        ("a Matroska or WebM video", 0, [0x1A, 0x45, 0xDF, 0xA3]),
    ];

    /// <summary>Formats that a package of their own reads.</summary>
    private static readonly (string Name, int Offset, byte[] Magic)[] Packaged =
    [
        ("a TIFF or camera raw image", 0, [(byte)'I', (byte)'I', 42, 0]),
        ("a TIFF or camera raw image", 0, [(byte)'M', (byte)'M', 0, 42]),
        ("a HEIF image", 4, "ftyphei"u8.ToArray()),
        ("a HEIF image", 4, "ftyphev"u8.ToArray()),
        ("a HEIF image", 4, "ftypmif1"u8.ToArray()),
        ("an AVIF image", 4, "ftypavif"u8.ToArray()),
    ];

    /// <summary>The name of a format that is decoded, or null.</summary>
    public static string? Identify(ReadOnlySpan<byte> bytes)
    {
        string? name = Find(Photographs, bytes);
        if (name == "WebP" && !bytes.StartsWith("RIFF"u8))
            return null;
        return name;
    }

    /// <summary>What the bytes are instead, in words for an error message.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "the file is empty";
        const string Wanted = "; JPEG, PNG, WebP, BMP and GIF are read";
        if (Find(Packaged, bytes) is { } packaged)
            return "this is " + packaged + Wanted + ", HEIF, AVIF and TIFF by the package Semblance.Imaging.Magick";
        if (Find(Others, bytes) is { } other)
            return "this is " + other + Wanted;
        if (LooksLikeMarkup(bytes))
            return "this is a web page or other markup" + Wanted;
        if (LooksLikeText(bytes))
            return "this is a text file" + Wanted;
        if (!bytes.ContainsAnyExcept((byte)0))
            return $"{bytes.Length} bytes of zeros, no image";
        string start = Convert.ToHexString(bytes[..Math.Min(8, bytes.Length)]);
        return $"unknown content that starts with {start}" + Wanted;
    }

    private static string? Find((string Name, int Offset, byte[] Magic)[] table, ReadOnlySpan<byte> bytes)
    {
        foreach ((string name, int offset, byte[] magic) in table)
            if (bytes.Length >= offset && bytes[offset..].StartsWith(magic))
                return name;
        return null;
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes.TrimStart("\uFEFF \t\r\n"u8);
        return start.Length > 1 && start[0] == '<' && (start[1] is (byte)'!' or (byte)'?' || char.IsAsciiLetter((char)start[1]));
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = bytes[..Math.Min(512, bytes.Length)];
        foreach (byte b in start)
            if (b < 32 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 12 or 27))
                return false;
        if (start.Length == bytes.Length)
            return System.Text.Unicode.Utf8.IsValid(start);
        int rune = start.Length - 1;
        while (rune > start.Length - 4 && (start[rune] & 0xC0) == 0x80)
            rune--;
        return System.Text.Unicode.Utf8.IsValid(start[..rune]);
    }
}
