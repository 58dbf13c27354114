using Semblance.Gallery.Privacy;

namespace Semblance.Server;

/// <summary>A gallery to be served.</summary>
/// <param name="Name">What requests call it: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Address">Where it lives, e.g. <c>sqlite:people.db</c>; made with the default settings where there is none.</param>
public sealed record ServedStore(string Name, string Address)
{
    /// <summary>The name of a gallery that was given none.</summary>
    public const string DefaultName = "default";

    /// <summary>Opens an encrypted gallery; null for one that is not.</summary>
    public EncryptionKey? Key { get; init; }

    /// <summary>Reads <c>[NAME=]ADDRESS</c>.</summary>
    public static ServedStore Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal),
            colon = text.IndexOf(':', StringComparison.Ordinal);
        return equals > 0 && (colon < 0 || equals < colon) ? new(text[..equals], text[(equals + 1)..]) : new(DefaultName, text);
    }

    internal static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
