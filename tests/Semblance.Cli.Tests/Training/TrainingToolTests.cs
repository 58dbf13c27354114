using Semblance.Cli.Training;

namespace Semblance.Cli.Tests.Training;

public sealed class TrainingToolTests : IDisposable
{
    private static readonly string File = OperatingSystem.IsWindows() ? TrainingTool.Name + ".exe" : TrainingTool.Name;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tool_of_the_variable_is_taken_before_all_others()
    {
        string named = _folder.Write("named/tool", []), beside = _folder.Write($"beside/{File}", []);
        Assert.Equal([named], Find(new() { ["SEMBLANCE_TRAIN"] = named }));
        Assert.Equal([beside], Find(new()));
    }

    [Fact]
    public void Library_of_the_variable_is_run_by_dotnet()
    {
        string named = _folder.Write("Semblance.Training.dll", []);
        Assert.Equal(["dotnet", named], Find(new() { ["SEMBLANCE_TRAIN"] = named }));
    }

    [Fact]
    public void Tool_is_found_on_the_path_before_the_users_own()
    {
        string onPath = _folder.Write($"bin/{File}", []), own = _folder.Write($"home/.dotnet/tools/{File}", []);
        Dictionary<string, string> home = new() { ["HOME"] = At("home"), ["USERPROFILE"] = At("home") };
        Assert.Equal([own], Find(home));
        Assert.Equal([onPath], Find(new(home) { ["PATH"] = $"{At("nothing")}{Path.PathSeparator}{At("bin")}" }));
    }

    [Fact]
    public void Tool_of_a_manifest_above_is_run_by_dotnet()
    {
        _folder.Write("repository/.config/dotnet-tools.json", """{ "version": 1, "tools": { "semblance.training": { "version": "0.1.0", "commands": [ "semblance-train" ] } } }"""u8);
        Directory.CreateDirectory(At("repository/deep/inside"));
        Assert.Equal(["dotnet", "tool", "run", "semblance-train", "--"], TrainingTool.Find(_ => null, At("beside"), At("repository/deep/inside")));
    }

    [Fact]
    public void How_to_install_it_is_told_when_it_is_nowhere()
    {
        string message = Assert.Throws<UsageException>(() => Find(new())).Message;
        Assert.Contains("dotnet tool install --global Semblance.Training", message);
        Assert.Contains("SEMBLANCE_TRAIN", message);
        Assert.Contains("is not there", Assert.Throws<UsageException>(() => Find(new() { ["SEMBLANCE_TRAIN"] = At("gone") })).Message);
    }

    [Fact]
    public void Arguments_and_exit_code_are_handed_over_also_for_help()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the tool of this test is a shell script");
        string tool = _folder.Write("tool", "#!/bin/sh\necho \"got: $*\"\nexit 7\n"u8);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_TRAIN"] = tool }, "train", "embedder", "--help", "--data", "a b");
        Assert.Equal((7, "got: embedder --help --data a b\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Exit_code_is_that_of_wrong_usage_when_the_tool_is_not_there()
    {
        CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_TRAIN"] = At("gone") }, "train", "device");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: SEMBLANCE_TRAIN names", run.Errors);
    }

    [Fact]
    public void Program_that_cannot_be_run_is_wrong_usage()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no permission to run a file");
        CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_TRAIN"] = _folder.Write("tool", "no program"u8) }, "train", "device");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("error: the training tool cannot be run:", run.Errors);
    }

    private string At(string name) => Path.Combine(_folder.Root, name);

    private IReadOnlyList<string> Find(Dictionary<string, string> environment) => TrainingTool.Find(environment.GetValueOrDefault, At("beside"), At("nothing"));
}
