using System.CommandLine;
using Semblance.Cli.Commands;
using Semblance.Cli.Options;
using Semblance.TestSupport.Docs;

namespace Semblance.Cli.Tests.Docs;

/// <summary>Every command line that a document, a script or a help text shows is one that the program takes: its commands, options and
/// values exist.</summary>
public sealed class CommandLinesTests
{
    private static readonly RootCommand Root = CommandTree.Create();

    public static TheoryData<string> Pages => [.. DocumentedLines.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lines_of_a_page_are_taken_by_the_parser(string page) =>
        Assert.Empty(DocumentedLines.Of(page).Where(line => line.Words[0] != TrainCommand.Name).SelectMany(Problems));

    [Fact]
    public void Examples_of_help_texts_are_taken_by_the_parser()
    {
        List<DocumentedLine> examples = [.. Examples(Root, "semblance")];
        Assert.True(examples.Count >= 40, $"{examples.Count} examples");
        Assert.Empty(examples.Where(line => line.Words[0] != TrainCommand.Name).SelectMany(Problems));
    }

    [Theory]
    [InlineData("semblance detec photos/", "there is no command 'detec' here")]
    [InlineData("semblance detect photos/ --recursivee", "there is no option '--recursivee'")]
    [InlineData("semblance verify a.jpg", "Required argument")]
    [InlineData("semblance verify a.jpg b.jpg --fmr often", "--fmr is 'often'")]
    [InlineData("docker run --rm semblance analyse photo.jpg", "there is no command 'analyse' here")]
    [InlineData("semblance models list | inform", "there is no command 'inform' here")]
    [InlineData("cat list | semblance detect - --jsom > faces.json", "there is no option '--jsom'")]
    [InlineData("semblance gallery list --store people.db; semblance gallery lists --store people.db", "'lists'")]
    public void A_line_that_the_program_would_refuse_is_found(string line, string problem) =>
        Assert.Contains(DocumentedLines.Parse("page", line, isWhole: true).SelectMany(Problems), found =>
            found.Contains(problem, StringComparison.Ordinal)
        );

    private static IReadOnlyList<string> Problems(DocumentedLine line)
    {
        ParseResult parsed = CommandTree.Read(Root, line.Words);
        return DocumentedLineParser.Problems(line, parsed, MistypedWords.Find(parsed));
    }

    private static IEnumerable<DocumentedLine> Examples(Command command, string path) =>
        (command.Description ?? "")
            .Split('\n')
            .Where(line =>
                line.TrimStart().StartsWith("Example: ", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("semblance ", StringComparison.Ordinal)
            )
            .SelectMany(line =>
                DocumentedLines.Parse($"help of {path}", line.Replace("Example: ", "", StringComparison.Ordinal), isWhole: true)
            )
            .Concat(command.Subcommands.SelectMany(below => Examples(below, $"{path} {below.Name}")));
}
