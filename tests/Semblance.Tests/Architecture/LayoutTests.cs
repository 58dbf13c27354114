using Semblance.TestSupport;

namespace Semblance.Tests.Architecture;

public sealed class LayoutTests
{
    private const int Columns = 140;

    [Fact]
    public void Lines_of_code_end_at_140_columns()
    {
        string[] sources =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(ReferenceData.Repository, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")),
        ];
        Assert.NotEmpty(sources);
        Assert.Empty(sources.SelectMany(file => TooLong(file, File.ReadLines(file))));
    }

    /// <summary>Tables, code, links that cannot be broken, and pages that a program writes go on as far as they must.</summary>
    [Fact]
    public void Lines_of_documentation_end_at_140_columns()
    {
        string repository = ReferenceData.Repository;
        string[] pages =
        [
            .. Directory.EnumerateFiles(repository, "*.md"),
            .. Directory.EnumerateFiles(Path.Combine(repository, "docs"), "*.md"),
            .. Directory.EnumerateFiles(Path.Combine(repository, "docs", "guide"), "*.md"),
        ];
        Assert.NotEmpty(pages);
        Assert.Empty(pages.SelectMany(page => TooLong(page, Prose(page))));
    }

    private static IEnumerable<string> TooLong(string file, IEnumerable<string> lines) =>
        lines
            .Select((line, i) => (Line: line, Number: i + 1))
            .Where(one => one.Line.Length > Columns)
            .Select(one => $"{Path.GetRelativePath(ReferenceData.Repository, file)}:{one.Number}");

    /// <summary>The lines of a page, empty where they are no prose.</summary>
    private static IEnumerable<string> Prose(string page)
    {
        bool code = false;
        foreach (string line in File.ReadLines(page))
        {
            bool fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            code ^= fence;
            yield return code || fence || IsOnePiece(line.Trim()) ? "" : line;
        }
    }

    /// <summary>A row of a table, a picture, a link: what cannot go on in the next line.</summary>
    private static bool IsOnePiece(string text) =>
        text.StartsWith('|') || text.StartsWith("![", StringComparison.Ordinal) || !text.Contains(' ', StringComparison.Ordinal);
}
