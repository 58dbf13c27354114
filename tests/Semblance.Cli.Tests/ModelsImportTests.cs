using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Other people's files, imported and used by id.</summary>
public sealed class ModelsImportTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void An_imported_scrfd_reaches_its_published_precision_on_wider_face()
    {
        string file = ReferenceData.Require("weights/scrfd_500m_bnkps.onnx"),
            wider = ReferenceData.RequireUnpacked("data/wider-val50.tar");
        Assert.Equal(0, Run("models", "import", file, "--kind", "detector", "--id", "scrfd-test").ExitCode);
        CliRun run = Run(
            "eval",
            "detection",
            "--detector",
            "scrfd-test",
            "--truth",
            Path.Combine(wider, "wider_val50_bbx_gt.txt"),
            "--images",
            Path.Combine(wider, "images"),
            "--min-height",
            "16,32,64",
            "--json"
        );
        Assert.Equal(0, run.ExitCode);
        JsonElement ap = JsonDocument.Parse(run.Output).RootElement.GetProperty("ap");
        // The official code on the same 50 pictures gives .904, .956 and .984.
        Assert.Equal(0.904, ap.GetProperty("16").GetDouble(), 0.01);
        Assert.Equal(0.956, ap.GetProperty("32").GetDouble(), 0.01);
        Assert.Equal(0.984, ap.GetProperty("64").GetDouble(), 0.01);
    }

    [Fact]
    public void A_foreign_embedder_embeds_with_its_128_dimensions_and_can_be_removed()
    {
        string file = ReferenceData.Require("weights/mobilefacenet_foreign.onnx");
        CliRun import = Run("models", "import", file, "--kind", "embedder", "--id", "foreign");
        Assert.Equal(0, import.ExitCode);
        Assert.Contains("assumed: channels RGB", import.Errors);
        string vectors = Path.Combine(_home.Root, "vectors.jsonl");
        Assert.Equal(0, Run("embed", ReferenceData.Sample("astronaut.png"), "--embedder", "foreign", "--out", vectors).ExitCode);
        Assert.Contains(
            "embedding 128-d",
            Run("embed", ReferenceData.Sample("astronaut.png"), "--embedder", "foreign", "--out", vectors).Output
        );
        Assert.Equal(0, Run("models", "remove", "foreign").ExitCode);
        CliRun gone = Run("embed", ReferenceData.Sample("astronaut.png"), "--embedder", "foreign", "--out", vectors);
        Assert.Equal(2, gone.ExitCode);
        Assert.Contains("not installed", gone.Errors);
    }

    [Theory]
    [InlineData("yolo", "--kind", "detector", "--decoder", "yolo")]
    [InlineData("--kind is 'wizard'; known are detector", "--kind", "wizard")]
    [InlineData("--mean", "--kind", "embedder", "--mean", "a,b,c")]
    [InlineData("--scale", "--kind", "embedder", "--scale", "1/0")]
    [InlineData("pack", "--kind", "embedder", "--id", "mtcnn")]
    [InlineData("lower case", "--kind", "embedder", "--id", "../x")]
    public void Wrong_options_are_wrong_usage_and_named(string named, params string[] options)
    {
        string pack = Path.Combine(AppContext.BaseDirectory, "models", "mobilefacenet-512", "model.onnx"),
            file = Path.Combine(_home.Root, "mine.onnx");
        File.Copy(pack, file);
        CliRun run = Run(["models", "import", file, .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(named, run.Errors);
        Assert.False(Directory.Exists(Path.Combine(_home.Root, "models")));
    }

    [Theory]
    [InlineData("there is no file", "nowhere.pth")]
    [InlineData("there is no file", "nowhere.onnx")]
    [InlineData("is a folder", "")]
    public void A_file_that_is_not_there_is_wrong_usage_and_named(string said, string name)
    {
        string path = Path.Combine(_home.Root, name);
        CliRun run = Run("models", "import", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Errors);
        Assert.Contains(path, run.Errors);
    }

    [Fact]
    public void A_model_is_kept_in_the_users_own_folder_when_there_is_no_such_folder_yet()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the system makes the folder");
        string file = Path.Combine(AppContext.BaseDirectory, "models", "mobilefacenet-512", "model.onnx");
        CliRun run = CliRun.WithEnvironment(
            new()
            {
                ["HOME"] = _home.Root,
                ["XDG_DATA_HOME"] = "",
                ["SEMBLANCE_HOME"] = "",
            },
            "models",
            "import",
            file,
            "--manifest",
            Path.ChangeExtension(file, ".json"),
            "--id",
            "mine"
        );
        Assert.Equal(("", 0), (run.Errors.Contains("error", StringComparison.Ordinal) ? run.Errors : "", run.ExitCode));
        Assert.True(File.Exists(Path.Combine(_home.Root, ".local", "share", "semblance", "models", "mine", "model.json")));
    }

    private CliRun Run(params string[] arguments) => CliRun.WithEnvironment(new() { ["SEMBLANCE_HOME"] = _home.Root }, arguments);
}
