using System.Text.Json;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Astronaut => ReferenceData.Sample("astronaut.png");

    private static string Dim => ReferenceData.Sample("astronaut-dim.jpg");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("detect")]
    [InlineData("align")]
    [InlineData("embed")]
    [InlineData("verify")]
    [InlineData("analyze")]
    [InlineData("models")]
    [InlineData("models list")]
    [InlineData("models info")]
    [InlineData("models pull")]
    [InlineData("models import")]
    [InlineData("models remove")]
    [InlineData("models verify")]
    [InlineData("models calibrate")]
    [InlineData("eval verification")]
    [InlineData("eval detection")]
    [InlineData("eval detectors")]
    [InlineData("eval attributes")]
    [InlineData("eval clustering")]
    [InlineData("eval identification")]
    [InlineData("eval templates")]
    [InlineData("eval halves")]
    [InlineData("cluster")]
    [InlineData("cluster name")]
    [InlineData("bench")]
    [InlineData("doctor")]
    public void Help_shows_how_a_command_is_used(string command)
    {
        CliRun run = CliRun.Of([.. command.Split(' '), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output);
    }

    [Fact]
    public void Version_is_that_of_the_build() => Assert.Matches(@"^\d+\.\d+\.\d+", CliRun.Of("--version").Output);

    [Theory]
    [InlineData("detec")]
    [InlineData("verify only-one.jpg")]
    [InlineData("detect x.jpg --min-score much")]
    [InlineData("verify a.jpg b.jpg --metric manhattan")]
    [InlineData("verify a.jpg b.jpg --fmr 2")]
    [InlineData("verify a.jpg b.jpg --fmr 1e-4 --threshold 0.4")]
    [InlineData("analyze samples/photos/chelsea.png --features soul")]
    [InlineData("analyze samples/photos/chelsea.png --detector nobody")]
    [InlineData("analyze samples/photos/chelsea.png --min-score 7")]
    [InlineData("embed samples/photos/chelsea.png --out x.xlsx")]
    public void Wrong_usage_exits_with_2_and_says_why(string arguments)
    {
        CliRun run = CliRun.Of(arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: ", run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    [Fact]
    public void Analyze_json_has_the_documented_shape()
    {
        CliRun run = CliRun.Of("analyze", Astronaut, "--json", "--features", "quality,embedding");
        Assert.Equal(0, run.ExitCode);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(Astronaut, root.GetProperty("input").GetString());
        Assert.Equal(512, root.GetProperty("width").GetInt32());
        JsonElement face = Assert.Single(root.GetProperty("faces").EnumerateArray());
        Assert.Equal(["x", "y", "width", "height"], face.GetProperty("box").EnumerateObject().Select(side => side.Name));
        Assert.Equal(5, face.GetProperty("landmarks").GetArrayLength());
        Assert.Equal(2, face.GetProperty("landmarks")[0].GetArrayLength());
        Assert.True(face.GetProperty("quality").GetProperty("score").GetDouble() > 0.8);
        JsonElement embedding = face.GetProperty("embedding");
        Assert.Equal(512, embedding.GetProperty("vector").GetArrayLength());
        Assert.Equal("mobilefacenet-512", embedding.GetProperty("model").GetString());
        Assert.Equal("mobilefacenet-512/bgr-128/arcface-112/1", embedding.GetProperty("contract").GetString());
        Assert.True(root.GetProperty("timings").GetProperty("detect").GetDouble() > 0);
    }

    [Fact]
    public void BlazeFace_says_that_its_mouth_corners_are_estimated()
    {
        JsonElement face = JsonDocument
            .Parse(CliRun.Of("detect", Astronaut, "--json", "--detector", "blazeface-short").Output)
            .RootElement.GetProperty("faces")[0];
        Assert.Equal("estimated-mouth", face.GetProperty("landmarksSource").GetString());
        Assert.Equal(6, face.GetProperty("keypoints").GetArrayLength());
    }

    [Fact]
    public void Verify_says_same_with_exit_code_0()
    {
        CliRun run = CliRun.Of("verify", Astronaut, Dim, "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.True(root.GetProperty("match").GetBoolean());
        Assert.Equal("cosine", root.GetProperty("metric").GetString());
        Assert.Equal(1e-4, root.GetProperty("falseMatchRate").GetDouble());
        Assert.Equal("largest", root.GetProperty("a").GetProperty("chosenBy").GetString());
        Assert.Equal(1, root.GetProperty("b").GetProperty("facesFound").GetInt32());
        double similarity = root.GetProperty("similarity").GetDouble(),
            distance = root.GetProperty("distance").GetDouble();
        Assert.Equal(Math.Sqrt(2 - 2 * similarity), distance, 1e-9);
    }

    [Fact]
    public void Turned_faces_are_compared_upright_and_said_to_be_turned()
    {
        using TemporaryFolder folder = new();
        string turned = Path.Combine(folder.Root, "turned.png");
        using (SKBitmap source = SKBitmap.Decode(Astronaut))
        using (SKSurface surface = SKSurface.Create(new SKImageInfo(source.Width, source.Height)))
        using (SKImage image = SKImage.FromBitmap(source))
        {
            surface.Canvas.RotateDegrees(180, source.Width / 2f, source.Height / 2f);
            surface.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
            using SKImage drawn = surface.Snapshot();
            using SKData data = drawn.Encode(SKEncodedImageFormat.Png, 100);
            folder.Write("turned.png", data.AsSpan());
        }

        CliRun verified = CliRun.Of("verify", Astronaut, turned);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("turned.png: 1 face, turned 180\u00b0", verified.Output);
        Assert.Contains("  turned 180\u00b0", CliRun.Of("detect", turned).Output);
        JsonElement face = JsonDocument.Parse(CliRun.Of("detect", turned, "--json").Output).RootElement.GetProperty("faces")[0];
        Assert.Equal(180, face.GetProperty("turned").GetInt32());
        // The astronaut's face is in the upper half of the upright picture, so it is in the lower half of this one.
        Assert.True(face.GetProperty("box").GetProperty("y").GetDouble() > 256);
    }

    [Fact]
    public void Verify_says_different_with_exit_code_1()
    {
        CliRun run = CliRun.Of("verify", Astronaut, Dim, "--metric", "l2", "--threshold", "0.99");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("different people", run.Output);
    }

    [Fact]
    public void Verify_refuses_an_unsupported_rate_with_the_smallest_supported()
    {
        CliRun run = CliRun.Of("verify", Astronaut, Dim, "--fmr", "1e-9");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("1e-6", run.Errors);
    }

    [Fact]
    public void Verify_without_a_face_exits_with_4_and_names_the_picture()
    {
        CliRun run = CliRun.Of("verify", Astronaut, ReferenceData.Sample("chelsea.png"));
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("chelsea.png", run.Errors);
    }

    [Fact]
    public void A_list_on_standard_input_gives_json_lines()
    {
        CliRun run = CliRun.WithInput($"{Astronaut}\n{Dim}\n", "detect", "-", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_quoted_glob_is_expanded()
    {
        _folder.Copy(Dim, "deep/er/a.jpg");
        _folder.Copy(Dim, "deep/b.jpg");
        Assert.Equal(
            2,
            CliRun.Of("detect", _folder.Root + "/**/*.jpg", "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }

    [Fact]
    public void Annotated_picture_is_drawn_into()
    {
        string target = Path.Combine(_folder.Root, "out", "annotated.png");
        Assert.Equal(0, CliRun.Of("analyze", Astronaut, "--annotate", target).ExitCode);
        using Imaging.FaceImage before = Imaging.FaceImage.FromFile(Astronaut),
            after = Imaging.FaceImage.FromFile(target);
        int changed = Enumerable
            .Range(0, before.Height)
            .Sum(y =>
            {
                ReadOnlySpan<byte> a = before.FullResolution.Row(y),
                    b = after.FullResolution.Row(y);
                int count = 0;
                for (int x = 0; x < a.Length; x += 4)
                    if (a[x] != b[x])
                        count++;
                return count;
            });
        Assert.InRange(changed, 1000, 20_000);
    }

    [Fact]
    public void Annotating_several_pictures_into_one_file_is_refused() =>
        Assert.Equal(2, CliRun.Of("detect", Astronaut, Dim, "--annotate", Path.Combine(_folder.Root, "one.png")).ExitCode);

    [Fact]
    public void Align_writes_crops_of_the_size_asked_for()
    {
        Assert.Equal(0, CliRun.Of("align", Astronaut, "--out", _folder.Root, "--size", "128").ExitCode);
        using Imaging.FaceImage crop = Imaging.FaceImage.FromFile(Assert.Single(Directory.GetFiles(_folder.Root)));
        Assert.Equal((128, 128), (crop.Width, crop.Height));
    }

    [Fact]
    public void Npy_holds_one_row_a_face()
    {
        string file = Path.Combine(_folder.Root, "v.npy");
        Assert.Equal(0, CliRun.Of("embed", Astronaut, Dim, "--out", file, "--quiet").ExitCode);
        byte[] bytes = File.ReadAllBytes(file);
        Assert.Contains("'shape': (2, 512)", System.Text.Encoding.ASCII.GetString(bytes, 0, 128));
        Assert.Equal(128 + 2 * 512 * 4, bytes.Length);
        Assert.Equal(3, File.ReadAllLines(file + ".index.csv").Length);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        string config = _folder.Write("semblance.json", "{\"detector\": \"no-such-a\"}"u8);
        Assert.Contains("no-such-a", CliRun.Of("detect", Dim, "--config", config).Errors);
        Dictionary<string, string> environment = new() { ["SEMBLANCE_DETECTOR"] = "no-such-b" };
        Assert.Contains("no-such-b", CliRun.WithEnvironment(environment, "detect", Dim, "--config", config).Errors);
        Assert.Equal(0, CliRun.WithEnvironment(environment, "detect", Dim, "--config", config, "--detector", "blazeface-short").ExitCode);
    }

    [Fact]
    public void Models_verify_finds_an_altered_file()
    {
        string model = Path.Combine(_folder.Root, "models", "mtcnn");
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "models", "mtcnn")))
            _folder.Copy(file, Path.Combine("models", "mtcnn", Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(model, "pnet.onnx"), "x");
        CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_HOME"] = _folder.Root }, "models", "verify", "mtcnn");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("pnet.onnx", run.Output);
        Assert.Equal(0, CliRun.Of("models", "verify").ExitCode);
    }

    [Fact]
    public void Doctor_finds_everything_in_order()
    {
        CliRun run = CliRun.Of("doctor");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("ONNX Runtime", run.Output);
        Assert.DoesNotContain("BROKEN", run.Output);
    }
}
