using System.CommandLine;

namespace Semblance.TestSupport.Docs;

/// <summary>Reads lines of documents with the parser of the program that would get them.</summary>
internal static class DocumentedLineParser
{
    private static readonly string[] SomethingIsMissing = ["Required argument", "is required", "Required command was not provided"];

    /// <summary>What the program would refuse in a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="parsed">How the program's parser reads its words.</param>
    /// <param name="mistyped">What the program says of words that it does not know.</param>
    public static IReadOnlyList<string> Problems(DocumentedLine line, ParseResult parsed, IReadOnlyList<string> mistyped) =>
        [
            .. mistyped
                .Concat(parsed.Errors.Select(error => error.Message))
                // What a variable of a script stands for is not known here.
                .Where(problem => !problem.Contains('$'))
                .Where(problem => line.IsWhole || !SomethingIsMissing.Any(words => problem.Contains(words, StringComparison.Ordinal)))
                .Select(problem => $"{line}\n  {problem}"),
        ];
}
