using System.Text.Json;
using System.Xml.Linq;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Statistics;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Reporting;

public sealed class ReportPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Page_stands_alone_and_keeps_names_from_becoming_markup()
    {
        string html = ReportPage.Html(Report.With(0.9));
        Assert.Contains("Pairs of &lt;script&gt; &amp; co", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("src=\"http", html);
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("@import", html);
    }

    [Fact]
    public void Page_shows_figures_with_their_interval_and_bounds_as_bounds()
    {
        string html = ReportPage.Html(Report.With(0.9));
        Assert.Contains("<b>90.0 %</b>", html);
        Assert.Contains("95 %: 88.0 % to 92.0 %", html);
        // No false match in 1,000 comparisons.
        Assert.Contains("<b>below 0.30 %</b>", html);
    }

    [Fact]
    public void Folder_holds_page_json_schema_and_drawings_that_are_well_formed()
    {
        ReportFolder.Write(Report.With(0.9), _folder.Path);
        ReportFolder.Write(Report.With(0.8), _folder.Path);
        XDocument drawing = XDocument.Load(_folder["plots/pairs-verification-det.svg"]);
        Assert.Equal("svg", drawing.Root!.Name.LocalName);
        Assert.Contains(drawing.Descendants(), element => element.Name.LocalName == "polyline");
        Assert.Contains(XDocument.Load(_folder["plots/pairs-verification-groups.svg"]).Descendants(), e => e.Name.LocalName == "circle");
        EvaluationReport read = ReportJson.Read(_folder.Path);
        Assert.Equal(0.8, read.Figures()["pairs-verification.accuracy"].Value);
        Assert.True(read.Figures()["pairs-verification.fmr"].IsBound);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void Drawings_and_pages_of_others_in_the_folder_are_spared()
    {
        ReportFolder.Write(Report.With(0.9), _folder.Path);
        File.WriteAllText(_folder["plots/own.svg"], "own");
        ReportFolder.Write(Report.With(0.8), _folder.Path);
        Assert.Equal("own", File.ReadAllText(_folder["plots/own.svg"]));

        string site = Directory.CreateDirectory(_folder["site"]).FullName,
            page = Path.Combine(site, ReportFolder.PageName);
        File.WriteAllText(page, "own");
        EvaluationException error = Assert.Throws<EvaluationException>(() => ReportFolder.Write(Report.With(0.9), site));
        Assert.Contains("nothing was touched", error.Message, StringComparison.Ordinal);
        Assert.Equal("own", File.ReadAllText(Assert.Single(Directory.GetFiles(site))));
    }

    [Fact]
    public void Schema_names_every_property_that_is_written()
    {
        using JsonDocument schema = JsonDocument.Parse(ReportSchema.Text);
        using JsonDocument report = JsonDocument.Parse(ReportJson.Write(Report.With(0.9)));
        Assert.Equal(EvaluationReport.CurrentSchema, schema.RootElement.GetProperty("title").GetString());
        JsonElement properties = schema.RootElement.GetProperty("properties");
        Assert.All(report.RootElement.EnumerateObject(), property =>
            Assert.True(properties.TryGetProperty(property.Name, out _), property.Name)
        );
        JsonElement section = properties.GetProperty("sections").GetProperty("items").GetProperty("properties");
        Assert.All(report.RootElement.GetProperty("sections")[0].EnumerateObject(), property =>
            Assert.True(section.TryGetProperty(property.Name, out _), property.Name)
        );
    }

    [Fact]
    public void Report_of_another_form_is_refused()
    {
        _folder.Write("report.json", ReportJson.Write(Report.With(0.9)).Replace("semblance-evaluation/1", "semblance-evaluation/9"));
        Assert.Contains("semblance-evaluation/9", Assert.Throws<EvaluationException>(() => ReportJson.Read(_folder.Path)).Message);
    }

    [Fact]
    public void Pictures_of_people_stay_out_of_the_json()
    {
        EvaluationReport report = Report.With(0.9);
        ReportSection section = report.Sections[0] with { Pictures = [new("worst", [("a.jpg", [1, 2, 3])])] };
        report = report with { Sections = [section] };
        Assert.Contains("data:image/jpeg;base64,AQID", ReportPage.Html(report));
        Assert.DoesNotContain("AQID", ReportJson.Write(report));
    }

    [Theory]
    [InlineData("1111111111", "1111111111", DifferenceVerdict.Same)]
    [InlineData("1111111111", "1111000000", DifferenceVerdict.BeyondChance)]
    [InlineData("1111111111", "1111111110", DifferenceVerdict.WithinChance)]
    public void Accuracies_are_compared_decision_by_decision(string before, string after, DifferenceVerdict verdict)
    {
        ReportDifference accuracy = ReportComparison
            .Compare(Report.With(before.Count(c => c == '1') / 10.0, before), Report.With(after.Count(c => c == '1') / 10.0, after))
            .Single(d => d.Name == "pairs-verification.accuracy");
        Assert.Equal(verdict, accuracy.Verdict);
    }

    [Theory]
    [InlineData(0.90, 0.91, DifferenceVerdict.WithinChance)]
    [InlineData(0.90, 0.95, DifferenceVerdict.BeyondChance)]
    public void Rates_are_compared_by_their_intervals(double before, double after, DifferenceVerdict verdict)
    {
        IReadOnlyList<ReportDifference> differences = ReportComparison.Compare(Report.With(before, null), Report.With(after, null));
        // Half widths of .02 each: differences up to .028 may be chance.
        Assert.Equal(verdict, differences.Single(d => d.Name == "pairs-verification.accuracy").Verdict);
        Assert.Contains(
            verdict == DifferenceVerdict.BeyondChance ? "larger than chance" : "may be chance",
            ReportComparison.Text("a", "b", differences)
        );
    }

    /// <summary>A small report.</summary>
    private static class Report
    {
        public static EvaluationReport With(double accuracy, string? decisions = "10") =>
            new()
            {
                Title = "Pairs of <script> & co",
                Summary = ["One sentence."],
                Origin = new("semblance eval", "1.0", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "machine", 1000, 1, 2.5),
                Models = [new("m", "embedder", new Dictionary<string, string> { ["model"] = "00" }, "MIT", null, "not stated", "m/1")],
                Data = [new("pairs", "Pairs.", 10, 5, 1, 0, "ff", [new("gender", new Dictionary<string, int> { ["female"] = 4 })])],
                Sections =
                [
                    new()
                    {
                        Id = "pairs-verification",
                        Title = "Verification",
                        Finding = "Found.",
                        Protocol = "Measured.",
                        Data = "pairs",
                        Figures =
                        [
                            new("accuracy", "accuracy", accuracy, FigureKind.Share)
                            {
                                Low = accuracy - 0.02,
                                High = accuracy + 0.02,
                                IsHeadline = true,
                            },
                            ReportFigure.Of("fmr", "false matches", RateEstimate.Independent(0, 1000), "wilson"),
                        ],
                        Charts =
                        [
                            new()
                            {
                                Id = "det",
                                Title = "DET",
                                Caption = "A & B",
                                X = "FMR",
                                Y = "FNMR",
                                LogX = true,
                                LogY = true,
                                Series =
                                [
                                    new(
                                        "all",
                                        [
                                            [1e-4, 0.1],
                                            [1e-2, 0.01],
                                        ]
                                    ),
                                ],
                                Marks = [new("here", 1e-3, 0.05)],
                            },
                            new()
                            {
                                Id = "groups",
                                Title = "Groups",
                                Caption = "Dots",
                                X = "FMR",
                                LogX = true,
                                Groups = [new("a", 0.01, 0.005, 0.02), new("b", 0.003, 0, 0.003, IsBound: true)],
                                Reference = new("asked for", 1e-3),
                            },
                        ],
                        Decisions = decisions,
                        DecisionsOn = decisions is null ? null : "same",
                    },
                ],
                Limits = ReportLimits.OfEveryReport,
            };
    }
}
