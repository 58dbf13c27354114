using Semblance.Cli.Commands.Gallery;
using Semblance.Cli.Output;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class MannersTests
{
    [Fact]
    public void Program_without_a_command_shows_its_help()
    {
        CliRun run = CliRun.Of();
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("semblance [command] [options]", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gallery")]
    [InlineData("models")]
    [InlineData("eval")]
    public void Group_without_a_command_shows_its_help_and_exits_with_2(string group)
    {
        CliRun run = CliRun.Of(group);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_training_says_how_the_tool_is_had_where_it_is_not()
    {
        CliRun run = CliRun.WithEnvironment(
            new()
            {
                ["PATH"] = "",
                ["HOME"] = Path.GetTempPath(),
                ["USERPROFILE"] = Path.GetTempPath(),
            },
            "train",
            "--help"
        );
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("dotnet tool install --global Semblance.Training", run.Output, StringComparison.Ordinal);
        Assert.Contains("embedder|detector|age|gender|emotion", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o filenames -F _semblance semblance")]
    [InlineData("zsh", "compdef _semblance semblance")]
    [InlineData("fish", "complete -c semblance")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Every_shell_has_a_completion_script(string shell, string line) =>
        Assert.Contains(line, CliRun.Of("completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void Program_tells_what_may_stand_next() =>
        Assert.Equal(["sort"], CliRun.Of("[suggest:12]", "semblance so").Output.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Script_completes_in_bash()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/bash"))
        {
            Assert.Skip("there is no bash");
            return;
        }
        string program = Path.Combine(AppContext.BaseDirectory, "Semblance.Cli");
        string script = $$"""
            semblance() { '{{program}}' "$@"; }
            {{CliRun.Of("completion", "bash").Output}}
            COMP_WORDS=(semblance gallery id) COMP_CWORD=2 COMP_LINE='semblance gallery id' COMP_POINT=20
            _semblance
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        System.Diagnostics.ProcessStartInfo start = new("/bin/bash", ["-c", script])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = ReferenceData.Repository,
        };
        using System.Diagnostics.Process bash = System.Diagnostics.Process.Start(start)!;
        string completed = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.Equal("identify", completed.Trim());
    }

    [Theory]
    [InlineData("people.db", "sqlite:people.db")]
    [InlineData("/data/people.db", "sqlite:/data/people.db")]
    [InlineData(@"C:\data\people.db", @"sqlite:C:\data\people.db")]
    [InlineData("sqlite:people.db", "sqlite:people.db")]
    [InlineData("postgres://me@host/db", "postgres://me@host/db")]
    [InlineData("mysql:whatever", "mysql:whatever")]
    public void File_alone_is_an_sqlite_gallery(string typed, string address) => Assert.Equal(address, StoreAddress.Of(typed));

    [Theory]
    [InlineData(1, "1 reference")]
    [InlineData(0, "0 references")]
    [InlineData(12, "12 references")]
    public void Numbers_agree_with_their_noun(int count, string text) => Assert.Equal(text, Counted.Of(count, "reference"));

    [Fact]
    public void Bar_shows_rate_and_time_left()
    {
        (string filled, string empty, string figures) = Progress.Line(30, 120, TimeSpan.FromSeconds(10));
        Assert.Equal((6, 18), (filled.Length, empty.Length));
        Assert.Equal("30/120  3.0/s  0:30 left", figures);
    }

    [Fact]
    public void Tables_are_not_padded_where_they_are_piped()
    {
        string[] lines = CliRun.Of("models", "list").Output.Split('\n');
        Assert.Contains(lines, line => line.Contains("mobilefacenet-512", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line.TrimEnd('\r')));
    }
}
