using System.Security.Cryptography;

namespace Semblance.Models;

/// <summary>Hashes of files, as manifests state them.</summary>
internal static class FileHash
{
    /// <summary>Lower case hexadecimal SHA-256.</summary>
    public static string Of(string path)
    {
        using FileStream stream = Files.RegularFile.Open(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
