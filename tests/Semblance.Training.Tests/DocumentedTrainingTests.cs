using System.CommandLine;
using Semblance.Cli.Options;
using Semblance.TestSupport.Docs;

namespace Semblance.Training.Tests;

/// <summary>Every <c>semblance train</c> line that a document or script shows is one that the trainer takes.</summary>
public sealed class DocumentedTrainingTests
{
    private const string HandedOver = "train";

    public static TheoryData<string> Pages =>
        [.. DocumentedLines.Pages.Where(page => DocumentedLines.Of(page).Any(line => line.Words[0] == HandedOver))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Training_lines_of_a_page_are_taken_by_the_parser(string page) =>
        Assert.Empty(DocumentedLines.Of(page).Where(line => line.Words[0] == HandedOver).SelectMany(Problems));

    [Fact]
    public void Examples_of_the_trainers_help_texts_are_taken_by_the_parser()
    {
        List<DocumentedLine> examples =
        [
            .. TrainingApp
                .CreateRoot()
                .Subcommands.SelectMany(command =>
                    (command.Description ?? "")
                        .Split('\n')
                        .Where(line => line.StartsWith("Example: ", StringComparison.Ordinal))
                        .SelectMany(line => DocumentedLines.Parse($"help of {command.Name}", line["Example: ".Length..], isWhole: true))
                ),
        ];
        Assert.True(examples.Count >= 6, $"{examples.Count} examples");
        Assert.Empty(examples.SelectMany(Problems));
    }

    [Fact]
    public void An_option_that_the_trainer_lacks_is_found() =>
        Assert.Contains(
            DocumentedLines.Parse("page", "semblance train embedder --data d --out o --losss arcface", isWhole: true).SelectMany(Problems),
            problem => problem.Contains("there is no option '--losss'", StringComparison.Ordinal)
        );

    private static IReadOnlyList<string> Problems(DocumentedLine line)
    {
        ParseResult parsed = TrainingApp.Read(TrainingApp.CreateRoot(), [.. line.Words.Skip(1)]);
        return DocumentedLineParser.Problems(line, parsed, MistypedWords.Find(parsed));
    }
}
