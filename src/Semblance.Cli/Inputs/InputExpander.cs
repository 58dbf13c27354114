using System.Text.RegularExpressions;
using Semblance.Files;

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

    /// <summary>The files, in the order of the inputs and sorted within a folder. What is named but leads to nothing is kept where there
    /// is more: it fails by name, the rest is done.</summary>
    /// <exception cref="NoInputException">Nothing is left: a folder holds no images, a glob matches nothing.</exception>
    public IReadOnlyList<string> Expand(IReadOnlyList<string> inputs)
    {
        List<string> files = [];
        List<string> nothing = [];
        foreach (string input in inputs)
        {
            if (input == "-")
                files.AddRange(readList().Select(line => line.Trim()).Where(line => line.Length > 0));
            else if (Directory.Exists(input))
                Add(input, FromFolder(input), EmptyFolder(input));
            else if (!File.Exists(input) && IsGlob(input))
                Add(input, FromGlob(input), $"{input}: matches no file");
            else
                files.Add(input);
        }
        return files.Count > 0 && nothing.Count < files.Count ? files : throw new NoInputException(string.Join("; ", nothing));

        void Add(string input, IReadOnlyList<string> found, string otherwise)
        {
            files.AddRange(found);
            if (found.Count > 0)
                return;
            files.Add(input);
            nothing.Add(otherwise);
        }
    }

    private static bool IsGlob(string input) => input.IndexOfAny(['*', '?']) >= 0;

    private string EmptyFolder(string folder) =>
        $"{folder}: the folder holds no images{(recursive ? "" : " (--recursive looks into its folders)")}";

    private IReadOnlyList<string> FromFolder(string folder) =>
        [
            .. FolderFiles
                .List(folder, recursive ? FolderFiles.AnyDepth : 0)
                .Where(file => ImageExtensions.Contains(Path.GetExtension(file))),
        ];

    private static IReadOnlyList<string> FromGlob(string pattern)
    {
        // The part before the first wildcard is a folder; the rest is matched below it.
        string normal = pattern.Replace('\\', '/');
        int wildcard = normal.IndexOfAny(['*', '?']),
            slash = normal.LastIndexOf('/', wildcard);
        string root = slash < 0 ? "."
            : slash == 0 ? "/"
            : normal[..slash],
            rest = slash < 0 ? normal : normal[(slash + 1)..];
        if (!Directory.Exists(root))
            return [];
        int depth = rest.Contains("**", StringComparison.Ordinal) ? FolderFiles.AnyDepth : rest.Count(letter => letter == '/');
        Regex matching = GlobPattern.ToRegex(rest);
        return
        [
            .. FolderFiles
                .List(root, depth)
                .Where(file => matching.IsMatch(Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Select(file => Path.IsPathRooted(root) ? file : Path.GetRelativePath(".", file)),
        ];
    }
}

/// <summary>An input that stands for files stands for none.</summary>
internal sealed class NoInputException(string message) : Exception(message);
