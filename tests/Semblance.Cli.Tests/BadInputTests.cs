using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>What cannot be read fails by name, the rest of the batch is done, and the exit code tells.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Portrait => ReferenceData.Sample("astronaut-dim.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_file_is_named() => AssertFails(_folder.Write("empty.jpg", []), "empty.jpg", "empty");

    [Fact]
    public void A_text_file_is_named_as_such() => AssertFails(_folder.Write("note.jpg", "just words\n"u8), "note.jpg", "text file");

    [Fact]
    public void A_truncated_picture_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Portrait);
        AssertFails(_folder.Write("half.jpg", whole.AsSpan(0, whole.Length / 2)), "half.jpg", "ends before");
    }

    [Fact]
    public void A_missing_file_is_named() => AssertFails(Path.Combine(_folder.Root, "nowhere.jpg"), "nowhere.jpg", "no such file");

    [Fact]
    public void A_folder_without_pictures_is_named()
    {
        _folder.Write("docs/readme.txt", "x"u8);
        AssertFails(Path.Combine(_folder.Root, "docs"), "docs", "no images");
    }

    [Fact]
    public void A_glob_that_matches_nothing_is_named() => AssertFails(Path.Combine(_folder.Root, "*.jpg"), "*.jpg", "matches no file");

    [Fact]
    public void A_header_of_900_megapixels_is_refused_before_decoding() =>
        AssertFails(_folder.Write("bomb.png", PngWriter.Write(30_000, 30_000, 8, PngWriter.Rgb, [])), "bomb.png", "30000 x 30000");

    [Fact]
    public void An_unreadable_file_is_named()
    {
        string path = _folder.Copy(Portrait, "secret.jpg");
        // Kept by this process for itself alone, which holds for an administrator too; permissions would not.
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        AssertFails(path, "secret.jpg", "cannot be read");
    }

    [Theory]
    [InlineData(
        "verification",
        "--pairs",
        "image_a,image_b,same\na/1.jpg,a/2.jpg,1\na/1.jpg,c/1.jpg,0\na/1.jpg,b/broken.jpg,0\na/2.jpg,b/secret.jpg,0\n"
    )]
    [InlineData(
        "clustering",
        "--pairs",
        "image_a,image_b,same\na/1.jpg,a/2.jpg,1\na/1.jpg,c/1.jpg,0\na/1.jpg,b/broken.jpg,0\na/2.jpg,b/secret.jpg,0\n"
    )]
    [InlineData("attributes", "--labels", "file,age\na/1.jpg,30\na/2.jpg,30\nb/broken.jpg,30\nb/secret.jpg,30\n")]
    public void Pictures_that_cannot_be_read_have_one_outcome_in_every_evaluation(string evaluation, string option, string labels)
    {
        _folder.Copy(Portrait, "faces/a/1.jpg");
        _folder.Copy(ReferenceData.Sample("astronaut.png"), "faces/a/2.jpg");
        _folder.Copy(ReferenceData.Sample("astronaut-exif6.jpg"), "faces/c/1.jpg");
        _folder.Write("faces/b/broken.jpg", "just words\n"u8);
        string secret = _folder.Copy(Portrait, "faces/b/secret.jpg"),
            file = _folder.Write("labels.csv", System.Text.Encoding.UTF8.GetBytes(labels));
        using FileStream held = new(secret, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        CliRun run = CliRun.Of("eval", evaluation, option, file, "--images", Path.Combine(_folder.Root, "faces"), "--no-cache");
        Assert.True(run.ExitCode == 3, $"{run.ExitCode}: {run.Errors}");
        Assert.Contains("b/broken.jpg: this is a text file", run.Errors);
        Assert.Contains("b/secret.jpg cannot be read", run.Errors);
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public void Content_decides_and_not_the_extension()
    {
        CliRun run = CliRun.Of("detect", _folder.Copy(Portrait, "really-a-jpeg.png"), "--commercial-only");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("1 face", run.Output);
    }

    [Fact]
    public void A_picture_of_one_pixel_has_no_face()
    {
        byte[] bmp =
        [
            .. "BM"u8,
            58,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            54,
            0,
            0,
            0,
            40,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            24,
            0,
            .. new byte[24],
            10,
            20,
            30,
            0,
        ];
        CliRun run = CliRun.Of("detect", _folder.Write("dot.bmp", bmp));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1x1  no face", run.Output);
    }

    [Fact]
    public void An_animation_gives_its_first_frame()
    {
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Frame(), .. Frame(), 0x3B];
        CliRun run = CliRun.Of("detect", _folder.Write("two-frames.gif", gif));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no face", run.Output);

        static byte[] Frame() => [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
    }

    [Theory]
    [InlineData("with space.jpg")]
    [InlineData("Ärger-ñandú.jpg")]
    [InlineData("лицо-顔-😀.jpg")]
    public void Names_beyond_ASCII_work(string name)
    {
        string path = _folder.Copy(Portrait, name);
        CliRun run = CliRun.Of("detect", path, "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(path, System.Text.Json.JsonDocument.Parse(run.Output).RootElement.GetProperty("input").GetString());
        Assert.Contains(name, CliRun.Of("detect", path).Output);
    }

    [Fact]
    public void The_rest_of_a_batch_is_done()
    {
        _folder.Write("a-empty.jpg", []);
        _folder.Copy(Portrait, "b-portrait.jpg");
        _folder.Write("c-text.png", "words"u8);
        _folder.Copy(ReferenceData.Sample("chelsea.png"), "d-cat.png");
        CliRun run = CliRun.Of("detect", _folder.Root, "--json");
        Assert.Equal(3, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("\"code\":\"image-format\"", lines[0]);
        Assert.Contains("\"score\"", lines[1]);
        Assert.Contains("c-text.png", lines[2]);
        Assert.Contains("\"faces\":[]", lines[3]);
        Assert.Contains("2 of 4", run.Errors);
    }

    private static void AssertFails(string input, string name, string reason)
    {
        CliRun run = CliRun.Of("analyze", input);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains(name, run.Errors);
        Assert.Contains(reason, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }
}
