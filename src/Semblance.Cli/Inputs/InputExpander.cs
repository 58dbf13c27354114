using Microsoft.Extensions.FileSystemGlobbing;

namespace Semblance.Cli.Inputs;

/// <summary>From what was typed to files: files, folders, globs, or - for a list on standard input.</summary>
/// <param name="recursive">Whether folders are searched below their first level.</param>
/// <param name="readList">Reads standard input.</param>
internal sealed class InputExpander(bool recursive, Func<IEnumerable<string>> readList)
{
    private static readonly HashSet<string> ImageExtensions = new(
        [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif", ".avif", ".tif", ".tiff"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whether one file was named, so that the answer is one document.</summary>
    public static bool IsSingleFile(IReadOnlyList<string> inputs) =>
        inputs is [var only] && only != "-" && !Directory.Exists(only) && (File.Exists(only) || !IsGlob(only));

    /// <summary>The files, in the order of the inputs and sorted within a folder. Files that are named but missing are kept: they fail by
    /// name.</summary>
    /// <exception cref="UsageException">A folder holds no images, or a glob matches nothing.</exception>
    public IReadOnlyList<string> Expand(IReadOnlyList<string> inputs)
    {
        List<string> files = [];
        foreach (string input in inputs)
        {
            if (input == "-")
                files.AddRange(readList().Select(line => line.Trim()).Where(line => line.Length > 0));
            else if (Directory.Exists(input))
                files.AddRange(FromFolder(input));
            else if (!File.Exists(input) && IsGlob(input))
                files.AddRange(FromGlob(input));
            else
                files.Add(input);
        }
        return files;
    }

    private static bool IsGlob(string input) => input.IndexOfAny(['*', '?']) >= 0;

    private List<string> FromFolder(string folder)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = recursive, IgnoreInaccessible = true };
        List<string> files =
        [
            .. Directory
                .EnumerateFiles(folder, "*", options)
                .Where(file => ImageExtensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal),
        ];
        return files.Count > 0
            ? files
            : throw new NoInputException(
                $"{folder}: the folder holds no images{(recursive ? "" : " (--recursive looks into its folders)")}"
            );
    }

    private static List<string> FromGlob(string pattern)
    {
        // The part before the first wildcard is a folder; the rest is matched below it.
        string normal = pattern.Replace('\\', '/');
        int wildcard = normal.IndexOfAny(['*', '?']),
            slash = normal.LastIndexOf('/', wildcard);
        string root = slash < 0 ? "."
            : slash == 0 ? "/"
            : normal[..slash],
            rest = slash < 0 ? normal : normal[(slash + 1)..];
        List<string> files = [];
        if (Directory.Exists(root))
        {
            Matcher matcher = new(StringComparison.Ordinal);
            // The library knows * and **; a question mark is any one character.
            matcher.AddInclude(rest.Replace('?', '*'));
            System.Text.RegularExpressions.Regex exact = GlobPattern.ToRegex(rest);
            files =
            [
                .. matcher
                    .GetResultsInFullPath(root)
                    .Where(file => exact.IsMatch(Path.GetRelativePath(root, file).Replace('\\', '/')))
                    .Order(StringComparer.Ordinal),
            ];
            if (slash < 0 || !Path.IsPathRooted(root))
                files = [.. files.Select(file => Path.GetRelativePath(".", file))];
        }
        return files.Count > 0 ? files : throw new NoInputException($"{pattern}: matches no file");
    }
}

/// <summary>An input that stands for files stands for none.</summary>
internal sealed class NoInputException(string message) : Exception(message);
