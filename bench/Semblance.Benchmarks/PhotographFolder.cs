namespace Semblance.Benchmarks;

/// <summary>The photographs of a folder.</summary>
internal static class PhotographFolder
{
    /// <summary>JPEG, PNG and WebP files, in the order of their paths.</summary>
    public static string[] FilesOf(string folder, SearchOption depth) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", depth)
                .Where(file => Path.GetExtension(file) is ".jpg" or ".png" or ".webp")
                .Order(StringComparer.Ordinal),
        ];
}
