using System.Globalization;
using System.Text.RegularExpressions;
using Semblance.Evaluation.Reporting;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests;

/// <summary>Figures in the documentation are those of the report that is kept beside it.</summary>
public sealed partial class DocumentedFiguresTests
{
    private static readonly string Folder = Path.Combine(ReferenceData.Repository, "docs", "report");

    public static TheoryData<string, string> Claims() =>
        [
            .. File.ReadLines(Path.Combine(Folder, "claims.txt"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split(" :: ", 2))
                .Select(parts => (parts[0], parts[1])),
        ];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Documentation_says_what_the_report_says(string file, string claim)
    {
        IReadOnlyDictionary<string, ReportFigure> figures = ReportJson.Read(Folder).Figures();
        string expected = Placeholder()
            .Replace(claim, match =>
            {
                string name = match.Groups["name"].Value;
                Assert.True(figures.ContainsKey(name), $"the report has no figure {name}");
                return Text(figures[name], match.Groups["format"].Value);
            });
        // Sentences go on in the next line wherever there is a space.
        string text = LineBreak().Replace(File.ReadAllText(Path.Combine(ReferenceData.Repository, file)), " ");
        Assert.True(text.Contains(expected, StringComparison.Ordinal), $"{file} does not say: {expected}");
    }

    [Fact]
    public void Kept_report_is_whole_and_shows_nobody()
    {
        EvaluationReport report = ReportJson.Read(Folder);
        string page = File.ReadAllText(Path.Combine(Folder, ReportFolder.PageName));
        Assert.Equal(ReportPage.Html(report), page);
        Assert.Equal(ReportSchema.Text, File.ReadAllText(Path.Combine(Folder, ReportFolder.SchemaName)));
        Assert.DoesNotContain("data:image", page);
        Assert.All(report.Sections.SelectMany(section => section.Charts.Select(chart => $"{section.Id}-{chart.Id}.svg")), plot =>
            Assert.True(File.Exists(Path.Combine(Folder, "plots", plot)), plot)
        );
    }

    private static string Text(ReportFigure figure, string format) =>
        format switch
        {
            "%" => (100 * figure.Value).ToString("0.0", CultureInfo.InvariantCulture) + " %",
            "%0" => (100 * figure.Value).ToString("0", CultureInfo.InvariantCulture) + " %",
            "%2" => (100 * figure.Value).ToString("0.00", CultureInfo.InvariantCulture) + " %",
            _ => figure.Value.ToString(format, CultureInfo.InvariantCulture),
        };

    [GeneratedRegex(@"\{(?<name>[\w.\-]+):(?<format>[^}]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?<=\S) *\r?\n *(?=\S)")]
    private static partial Regex LineBreak();
}
