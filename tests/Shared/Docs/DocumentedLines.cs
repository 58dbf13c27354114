using System.Text.RegularExpressions;

namespace Semblance.TestSupport.Docs;

/// <summary>
/// Finds the command lines of the repository's documents: in blocks, in code within sentences, in scripts and in units of services. In a
/// document <c>models list | info | pull</c> means three commands.
/// </summary>
internal static partial class DocumentedLines
{
    /// <summary>Stands for arguments that a script is given.</summary>
    private const string ArgumentsOfScript = "$@";

    private static readonly string[] Folders = ["docs", "src", "samples", "recipes", "deploy", "assets", "bench", "tools"];
    private static readonly HashSet<string> Kinds = [".md", ".sh", ".service", ".yml", ".yaml"];
    private static readonly HashSet<string> OtherLanguages = ["csharp", "json", "xml", "sql"];

    /// <summary>The files that show command lines, from the root of the repository.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory
            .EnumerateFiles(ReferenceData.Repository, "*.md")
            .Concat(Folders.SelectMany(Files))
            .Where(file => In(file).Any())
            .Select(file => Path.GetRelativePath(ReferenceData.Repository, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The lines of a page.</summary>
    /// <param name="page">From the root of the repository.</param>
    public static IReadOnlyList<DocumentedLine> Of(string page) => [.. In(Path.Combine(ReferenceData.Repository, page))];

    /// <summary>The commands of the program in one line for a shell.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="line">The line.</param>
    /// <param name="isWhole">Whether it is to be typed as it stands; so is none of several commands side by side.</param>
    public static IEnumerable<DocumentedLine> Parse(string place, string line, bool isWhole)
    {
        IReadOnlyList<string>? first = null;
        IReadOnlyList<IReadOnlyList<string>> commands = ShellLine.Commands(line);
        bool sideBySide = line.Contains(" | ", StringComparison.Ordinal) && !commands.Skip(1).Any(IsProgram);
        foreach (IReadOnlyList<string> command in commands)
        {
            IReadOnlyList<string>? words = ArgumentsOf(command);
            if (words is null && sideBySide && first is { Count: > 0 })
                words = [.. first.Take(first.Count - 1), .. command];
            if (words is not null)
                yield return new(place, words, isWhole && !sideBySide && !words.Contains(ArgumentsOfScript));
            first ??= words;
        }
    }

    private static IEnumerable<string> Files(string folder)
    {
        string root = Path.Combine(ReferenceData.Repository, folder);
        return Directory.Exists(root)
            ? Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => Kinds.Contains(Path.GetExtension(file)) && !BuildOutput().IsMatch(file))
            : [];
    }

    private static IEnumerable<DocumentedLine> In(string file)
    {
        bool isDocument = Path.GetExtension(file) == ".md";
        string? block = isDocument ? null : "sh";
        string page = Path.GetRelativePath(ReferenceData.Repository, file),
            begun = "";
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            string place = $"{page}:{number}";
            if (isDocument && line.StartsWith("```", StringComparison.Ordinal))
                block = block is null ? line[3..].Trim() : null;
            else if (block is null)
                foreach (Match code in InlineCode().Matches(line))
                foreach (DocumentedLine found in Parse(place, code.Groups[1].Value, isWhole: false))
                    yield return found;
            else if (line.EndsWith('\\'))
                begun += line[..^1];
            else
            {
                if (!OtherLanguages.Contains(block))
                    foreach (DocumentedLine found in Parse(place, begun + line, isWhole: true))
                        yield return found;
                begun = "";
            }
        }
    }

    private static bool IsProgram(IReadOnlyList<string> command) =>
        ArgumentsOf(command) is not null || command[0] is "jq" or "head" or "tee";

    /// <summary>What follows the program's name, however it is started; null where the command is another's.</summary>
    private static IReadOnlyList<string>? ArgumentsOf(IReadOnlyList<string> command)
    {
        for (int at = 0; at + 1 < command.Count; at++)
        {
            if (command[at].EndsWith("semblance", StringComparison.Ordinal) && ProgramName().IsMatch(command[at]))
                return Word().IsMatch(command[at + 1]) ? [.. command.Skip(at + 1)] : null;
            if (command[at] == "--" && command.Any(word => word.EndsWith("Semblance.Cli", StringComparison.Ordinal)))
                return [.. command.Skip(at + 1)];
            if (command[at] == "--" && command.Any(word => word.EndsWith("Semblance.Training", StringComparison.Ordinal)))
                return ["train", .. command.Skip(at + 1)];
        }
        return null;
    }

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex BuildOutput();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("(^|[/=])semblance$")]
    private static partial Regex ProgramName();

    /// <summary>A command or an option.</summary>
    [GeneratedRegex("^(--?)?[a-z]")]
    private static partial Regex Word();
}
