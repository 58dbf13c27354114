using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class AttributeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Astronaut => ReferenceData.Sample("astronaut.png");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Analyze_gives_attributes_with_their_uncertainty_and_says_once_that_use_is_not_commercial()
    {
        CliRun run = CliRun.Of("analyze", Astronaut, "--json", "--features", "age,gender,emotion");
        Assert.Equal(0, run.ExitCode);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement,
            face = root.GetProperty("faces")[0];
        double years = face.GetProperty("age").GetProperty("years").GetDouble();
        double[] interval = [.. face.GetProperty("age").GetProperty("interval80").EnumerateArray().Select(end => end.GetDouble())];
        Assert.InRange(years, 22, 60);
        Assert.True(interval[0] < years && years < interval[1]);
        Assert.Equal("female", face.GetProperty("gender").GetProperty("label").GetString());
        Assert.InRange(face.GetProperty("gender").GetProperty("probability").GetDouble(), 0.5, 1);
        Assert.Equal("happy", face.GetProperty("emotion").GetProperty("label").GetString());
        JsonElement probabilities = face.GetProperty("emotion").GetProperty("probabilities");
        Assert.Equal(
            ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"],
            probabilities.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal(1, probabilities.EnumerateObject().Sum(p => p.Value.GetDouble()), 0.002);
        Assert.True(root.GetProperty("timings").GetProperty("attributes").GetDouble() > 0);
        Assert.False(face.TryGetProperty("quality", out _));
        Assert.Equal(["age-gender", "emotion", "retinaface-wider"], ToldAbout(run).Order());
    }

    [Fact]
    public void Analyze_gives_pose_and_landmarks_and_draws_them()
    {
        string drawn = Path.Combine(_folder.Root, "drawn.png"),
            plain = Path.Combine(_folder.Root, "plain.png");
        CliRun run = CliRun.Of("analyze", Astronaut, "--features", "pose,landmarks", "--annotate", drawn);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("pose yaw ", run.Output);
        Assert.Contains("landmarks 68", run.Output);
        Assert.Equal(["retinaface-wider"], ToldAbout(run));
        CliRun.Of("analyze", Astronaut, "--features", "pose", "--annotate", plain);
        Assert.NotEqual(File.ReadAllBytes(plain), File.ReadAllBytes(drawn));
    }

    [Fact]
    public void Terms_of_the_detector_are_told_once_and_results_name_it()
    {
        CliRun run = CliRun.Of("detect", Astronaut, Astronaut, "--json"),
            quiet = CliRun.Of("detect", Astronaut, "--quiet"),
            permitted = CliRun.Of("detect", Astronaut, "--commercial-only", "--json");
        Assert.Equal(["retinaface-wider"], ToldAbout(run));
        Assert.Contains("\"detector\":\"retinaface-wider\"", run.Output);
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Errors));
        Assert.Equal((0, ""), (permitted.ExitCode, permitted.Errors));
        Assert.Contains("\"detector\": \"mtcnn\"", permitted.Output);
        CliRun refused = CliRun.Of("detect", Astronaut, "--detector", "retinaface-wider", "--commercial-only");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("may not be used commercially", refused.Errors);
    }

    [Fact]
    public void A_picture_that_cannot_be_read_is_named_when_attributes_are_measured()
    {
        File.WriteAllText(Path.Combine(_folder.Root, "text.jpg"), "no picture");
        string labels = Path.Combine(_folder.Root, "labels.csv");
        File.WriteAllText(labels, "file,age\ntext.jpg,20\n");
        CliRun run = CliRun.Of("eval", "attributes", "--labels", labels, "--images", _folder.Root, "--aligned");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("text.jpg: this is a text file", run.Errors);
    }

    [Theory]
    [InlineData("analyze --features age")]
    [InlineData("eval attributes --attribute age --images . --labels")]
    public void A_model_that_does_not_give_what_is_asked_for_is_refused(string command)
    {
        string labels = Path.Combine(_folder.Root, "labels.csv");
        File.WriteAllText(labels, $"file,age\n{Astronaut},38\n");
        CliRun run = CliRun.Of([
            .. command.Split(' '),
            command.StartsWith("eval", StringComparison.Ordinal) ? labels : Astronaut,
            "--attribute-models",
            "head-pose",
        ]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("head-pose: gives nothing of what is asked for", run.Errors);
    }

    [Fact]
    public void Nothing_about_attributes_is_computed_or_said_unasked()
    {
        CliRun run = CliRun.Of("analyze", Astronaut, "--json");
        Assert.DoesNotContain("\"age\"", run.Output);
        Assert.Equal(["retinaface-wider"], ToldAbout(run));
    }

    [Theory]
    [InlineData("--features emotion --attribute-models nobody", "nobody")]
    [InlineData("--features emotion --emotion-labels affectnet", "affectnet")]
    [InlineData("--features age --attribute-models mtcnn,nobody", "nobody")]
    public void A_model_or_label_set_that_is_not_there_exits_with_2(string arguments, string named)
    {
        CliRun run = CliRun.Of(["analyze", Astronaut, .. arguments.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Errors);
    }

    [Fact]
    public void Eval_measures_a_photograph_by_detection_and_a_crop_as_it_is()
    {
        string labels = Path.Combine(_folder.Root, "labels.csv");
        File.WriteAllText(labels, "file,age,gender,emotion\nastronaut.png,38,female,happy\nastronaut-dim.jpg,38,female,happy\n");
        string images = Path.GetDirectoryName(Astronaut)!;
        JsonElement emotion = Json("--attribute", "emotion");
        Assert.Equal(1, emotion.GetProperty("accuracy").GetDouble());
        Assert.Equal(2, emotion.GetProperty("confusion").GetProperty("happy").GetProperty("happy").GetInt32());
        JsonElement age = Json("--attribute", "age"),
            whole = Json("--attribute", "age", "--aligned");
        Assert.InRange(age.GetProperty("mae").GetDouble(), 0, 20);
        // Taken as crops, the photographs show a whole person: the answer is another one.
        Assert.NotEqual(age.GetProperty("mae").GetDouble(), whole.GetProperty("mae").GetDouble(), 0.5);

        JsonElement Json(params string[] more)
        {
            CliRun run = CliRun.Of(["eval", "attributes", "--labels", labels, "--images", images, "--json", .. more]);
            Assert.True(run.ExitCode == 0, run.Errors);
            return JsonDocument.Parse(run.Output).RootElement;
        }
    }

    [Fact]
    public void Eval_shows_a_row_for_every_condition_and_without_any_the_figures_alone()
    {
        string labels = Path.Combine(_folder.Root, "labels.csv");
        File.WriteAllText(labels, "file,age\nastronaut.png,38\nastronaut-dim.jpg,38\n");
        string[] command = ["eval", "attributes", "--labels", labels, "--images", Path.GetDirectoryName(Astronaut)!, "--no-cache"];
        CliRun run = CliRun.Of([.. command, "--degrade", "size:60,blur:40", "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        JsonElement[] rows = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        // Nobody can be judged under the strongest blur: that is the worst row, and the others are there.
        Assert.Equal("blur:40", rows[0].GetProperty("condition").GetString());
        Assert.Equal(2, rows[0].GetProperty("unknown").GetInt32());
        Assert.False(rows[0].TryGetProperty("age", out _));
        Assert.Equal(["clear", "size:60"], rows[1..].Select(row => row.GetProperty("condition").GetString()!).Order());
        double[] errors = [.. rows[1..].Select(row => row.GetProperty("age").GetProperty("mae").GetDouble())];
        Assert.NotEqual(errors[0], errors[1]);
        CliRun text = CliRun.Of([.. command, "--degrade", "size:60,blur:40"]);
        Assert.Matches(@"(?m)^size:60 +0 +\d+\.\d\d ", text.Output);
        Assert.Matches(@"(?m)^blur:40 +2  not one face could be judged", text.Output);
        CliRun wrong = CliRun.Of([.. command, "--degrade", "fog:3"]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("fog", wrong.Errors);
    }

    [Theory]
    [InlineData("file,age\nastronaut.png,200\n", "line 2")]
    [InlineData("file,age\nnobody.png,20\n", "nobody.png")]
    [InlineData("file\nastronaut.png\n", "no column age")]
    public void Eval_names_what_is_wrong_with_the_labels(string content, string named)
    {
        string labels = Path.Combine(_folder.Root, "labels.csv");
        File.WriteAllText(labels, content);
        CliRun run = CliRun.Of(
            "eval",
            "attributes",
            "--attribute",
            "age",
            "--labels",
            labels,
            "--images",
            Path.GetDirectoryName(Astronaut)!
        );
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Errors);
    }

    /// <summary>The models of whose terms a command told, in the order of the lines.</summary>
    private static string[] ToldAbout(CliRun run) =>
        [
            .. run
                .Errors.Split('\n')
                .Where(line => line.Contains("may not be used commercially", StringComparison.Ordinal))
                .Select(line => line.Split('\'')[1]),
        ];
}
