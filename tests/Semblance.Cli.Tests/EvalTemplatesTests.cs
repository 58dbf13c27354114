using System.Globalization;
using System.Text;
using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>A protocol in the form of IJB, made of people of LFW View 1's test pairs.</summary>
public sealed class EvalTemplatesTests
{
    private const int People = 12,
        PicturesOfOne = 4;

    [Fact]
    public void Protocol_in_the_form_of_ijb_is_verified_and_searched()
    {
        string set = ReferenceData.RequireUnpacked("data/lfw-view1.tar");
        using TemporaryFolder folder = new();
        (string faces, string pairs, string[] galleries, string probes) = Write(folder, set);
        CliRun run = Evaluate("--json");
        Assert.True(run.ExitCode == 0, run.Errors);
        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(2 * People, report.GetProperty("templates").GetInt32());
        Assert.Equal(PicturesOfOne * People, report.GetProperty("pictures").GetInt32());
        // One still, and of the second template of each two pictures that count as one video.
        Assert.Equal(3 * People, report.GetProperty("media").GetInt32());
        Assert.Equal("norm", report.GetProperty("pooling").GetString());
        JsonElement verification = report.GetProperty("verification");
        Assert.Equal(People, verification.GetProperty("mated").GetInt32());
        Assert.Equal(People * (People - 1), verification.GetProperty("nonMated").GetInt32());
        Assert.InRange(verification.GetProperty("auc").GetDouble(), 0.99, 1);
        Assert.Equal([0.1, 0.01], verification.GetProperty("tar").EnumerateArray().Select(rate => rate.GetProperty("fmr").GetDouble()));
        JsonElement[] searches = [.. report.GetProperty("identification").EnumerateArray()];
        Assert.Equal(["G1", "G2"], searches.Select(search => search.GetProperty("gallery").GetString()));
        foreach (JsonElement search in searches.Select(search => search.GetProperty("report")))
        {
            Assert.Equal(People / 2, search.GetProperty("enrolled").GetInt32());
            Assert.Equal(People / 2, search.GetProperty("matedProbes").GetInt32());
            Assert.Equal(People / 2, search.GetProperty("nonMatedProbes").GetInt32());
            Assert.InRange(search.GetProperty("cmc")[0].GetDouble(), 0.8, 1);
        }

        string written = Path.Combine(folder.Root, "report");
        CliRun again = Evaluate("--pool", "quality", "--report", written, "--no-pictures");
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Contains($"pairs of one person {People}, of strangers {People * (People - 1)}", again.Output);
        Assert.Contains("G2: 6 people", again.Output);
        Assert.Contains("weighed by their quality", File.ReadAllText(Path.Combine(written, "report.md")));
        Assert.Contains("faces-G1-identification", File.ReadAllText(Path.Combine(written, "report.json")));

        CliRun Evaluate(params string[] more) =>
            CliRun.Of([
                "eval",
                "templates",
                "--faces",
                faces,
                "--pairs",
                pairs,
                "--gallery",
                .. galleries,
                "--probes",
                probes,
                "--images",
                set,
                "--cache",
                Path.Combine(folder.Root, "cache"),
                .. more,
            ]);
    }

    [Fact]
    public void Lists_that_do_not_fit_are_named_before_anything_is_done()
    {
        using TemporaryFolder folder = new();
        string faces = folder.Write("faces.txt", "a.jpg 1 1\n"u8),
            pairs = folder.Write("pairs.txt", "1 2 1\n"u8);
        CliRun run = CliRun.Of("eval", "templates", "--faces", faces, "--pairs", pairs, "--images", folder.Root);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("no pictures are there of template 2", run.Errors);
    }

    private static (string Faces, string Pairs, string[] Galleries, string Probes) Write(TemporaryFolder folder, string set)
    {
        string[][] people =
        [
            .. File.ReadLines(Path.Combine(set, "pairs.csv"))
                .Skip(1)
                .SelectMany(line => line.Split(',')[..2])
                .Distinct()
                .GroupBy(image => Path.GetDirectoryName(image))
                .Where(person => person.Count() >= PicturesOfOne)
                .OrderBy(person => person.Key, StringComparer.Ordinal)
                .Take(People)
                .Select(person => person.Order(StringComparer.Ordinal).Take(PicturesOfOne).ToArray()),
        ];
        Assert.Equal(People, people.Length);
        StringBuilder faces = new(),
            pairs = new();
        StringBuilder[] galleries = [new("TEMPLATE_ID,SUBJECT_ID\n"), new("TEMPLATE_ID,SUBJECT_ID\n")];
        StringBuilder probes = new("TEMPLATE_ID,SUBJECT_ID\n");
        CultureInfo culture = CultureInfo.InvariantCulture;
        for (int p = 0; p < People; p++)
        {
            // Of four pictures two stills and one video of two frames.
            (int Template, int Media)[] places =
            [
                (2 * p, 10 * p),
                (2 * p + 1, 10 * p + 1),
                (2 * p + 1, 10 * p + 2),
                (2 * p + 1, 10 * p + 2),
            ];
            foreach ((string image, (int template, int media)) in people[p].Zip(places))
                faces.Append(culture, $"{image} {template} {media}\n");
            for (int q = 0; q < People; q++)
                pairs.Append(culture, $"{2 * p} {2 * q + 1} {(p == q ? 1 : 0)}\n");
            galleries[p % 2].Append(culture, $"{2 * p},{p}\n");
            probes.Append(culture, $"{2 * p + 1},{p}\n");
        }
        return (
            folder.Write("faces.txt", Encoding.UTF8.GetBytes(faces.ToString())),
            folder.Write("pairs.txt", Encoding.UTF8.GetBytes(pairs.ToString())),
            [.. galleries.Select((text, g) => folder.Write($"G{g + 1}.csv", Encoding.UTF8.GetBytes(text.ToString())))],
            folder.Write("probes.csv", Encoding.UTF8.GetBytes(probes.ToString()))
        );
    }
}
