using System.Diagnostics;
using System.Globalization;
using System.Text;
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
        string named = _folder.Write("named/tool", []),
            beside = _folder.Write($"beside/{File}", []);
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
        string onPath = _folder.Write($"bin/{File}", []),
            own = _folder.Write($"home/.dotnet/tools/{File}", []);
        Dictionary<string, string> home = new() { ["HOME"] = At("home"), ["USERPROFILE"] = At("home") };
        Assert.Equal([own], Find(home));
        Assert.Equal([onPath], Find(new(home) { ["PATH"] = $"{At("nothing")}{Path.PathSeparator}{At("bin")}" }));
    }

    [Fact]
    public void Tool_of_a_manifest_above_is_run_by_dotnet()
    {
        _folder.Write(
            "repository/.config/dotnet-tools.json",
            """{ "version": 1, "tools": { "semblance.training": { "version": "0.1.0", "commands": [ "semblance-train" ] } } }"""u8
        );
        Directory.CreateDirectory(At("repository/deep/inside"));
        Assert.Equal(
            ["dotnet", "tool", "run", "semblance-train", "--"],
            TrainingTool.Find(_ => null, At("beside"), At("repository/deep/inside"))
        );
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
        string tool = Executable("#!/bin/sh\necho \"got: $*\"\nexit 7\n");
        CliRun run = CliRun.WithEnvironment(new() { ["SEMBLANCE_TRAIN"] = tool }, "train", "embedder", "--help", "--data", "a b");
        Assert.Equal((7, "got: embedder --help --data a b\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Request_to_end_reaches_the_tool_and_its_answer_is_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows no SIGTERM");
        string tool = Executable("#!/bin/sh\ntrap 'echo checkpoint; exit 130' TERM\necho ready\nwhile :; do sleep 0.05; done\n");
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "Semblance.Cli"), ["train", "embedder"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["SEMBLANCE_TRAIN"] = tool;
        using Process process = Process.Start(start)!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "the tool was not told");
        Assert.Equal((130, "checkpoint\n"), (process.ExitCode, process.StandardOutput.ReadToEnd()));
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

    private string Executable(string script)
    {
        string tool = _folder.Write("tool", Encoding.UTF8.GetBytes(script));
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return tool;
    }

    private string At(string name) => Path.Combine(_folder.Root, name);

    private IReadOnlyList<string> Find(Dictionary<string, string> environment) =>
        TrainingTool.Find(environment.GetValueOrDefault, At("beside"), At("nothing"));
}
