using System.Security.Cryptography;
using System.Text;

namespace Semblance.Cli.Output;

/// <summary>Names for files made from pictures. Pictures of one name in different folders get different names.</summary>
internal static class OutputNames
{
    /// <summary>A file in a folder named after a picture.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="input">The picture.</param>
    /// <param name="ending">What is appended, with the extension.</param>
    public static string In(string folder, string input, string ending)
    {
        string name = Path.GetFileNameWithoutExtension(input),
            parent = Path.GetDirectoryName(Path.GetFullPath(input)) ?? "";
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parent + "|" + Path.GetExtension(input))))[..6];
        return Path.Combine(folder, $"{name}-{mark}{ending}");
    }
}
