using System.Text.RegularExpressions;

namespace Semblance.Models;

/// <summary>What a catalogue id may look like; it is also the name of a folder.</summary>
public static partial class ModelId
{
    /// <summary>The longest id.</summary>
    public const int LongestId = 64;

    /// <summary>Gives the id back when it is a proper one.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public static string Require(string id) =>
        Pattern().IsMatch(id) && id.Length <= LongestId
            ? id
            : throw new ModelException(
                id,
                $"an id has lower case letters, digits, dots and dashes, begins with a letter or digit, and is at most {LongestId} long"
            );

    /// <summary>An id made from a file name, e.g. <c>w600k-r50</c> of <c>w600k_r50.onnx</c>.</summary>
    public static string FromFile(string path)
    {
        string id = OtherCharacters().Replace(Path.GetFileNameWithoutExtension(path).ToLowerInvariant(), "-").Trim('-', '.');
        return Require(id.Length > LongestId ? id[..LongestId] : id);
    }

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]|\.(?!\.))*\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex OtherCharacters();
}
