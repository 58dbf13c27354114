using System.Security.Cryptography;
using System.Text;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>Fingerprints of sets: the same pictures have the same one, whatever their names and order.</summary>
internal static class Fingerprints
{
    /// <summary>SHA-256 over the sorted SHA-256 of the pictures; one that cannot be read counts as an empty file.</summary>
    public static string Of(PictureSet set, IEnumerable<string> images) =>
        OfLines(images.AsParallel().Select(image => Convert.ToHexStringLower(SHA256.HashData((set.BytesOrNull(image) ?? default).Span))));

    /// <summary>SHA-256 over sorted lines.</summary>
    public static string OfLines(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Order(StringComparer.Ordinal)))));
}
