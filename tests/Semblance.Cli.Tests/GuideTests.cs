using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Every line that the guide shows in a block of <c>sh</c> is run, page by page, in a folder with the pictures that it
/// names.</summary>
public sealed partial class GuideTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    public GuideTests()
    {
        foreach (
            (string name, string picture) in new[]
            {
                ("passport.jpg", "astronaut-dim.jpg"),
                ("selfie.jpg", "astronaut-exif6.jpg"),
                ("photos/picnic.png", "astronaut.png"),
                ("photos/beach.jpg", "astronaut-dim.jpg"),
                ("photos/cat.png", "chelsea.png"),
                ("known/Ada/1.png", "astronaut.png"),
                ("staff/Ada.png", "astronaut.png"),
                ("unknown/door.jpg", "astronaut-exif6.jpg"),
            }
        )
            _folder.Copy(ReferenceData.Sample(picture), name);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Guide, "*.md").Where(page => Lines(page).Count > 0).Select(page => Path.GetFileName(page)!)];

    private static string Guide => Path.Combine(ReferenceData.Repository, "docs", "guide");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lines_of_a_page_do_what_it_says(string page)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the lines are for a shell");
            return;
        }
        foreach (string line in Lines(Path.Combine(Guide, page)))
        {
            int expected = ExitsWith().Match(line) is { Success: true } match
                ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                : 0;
            (int code, string output) = Shell(line);
            Assert.True(code == expected, $"{page}: '{line}' ended with {code}, not {expected}:\n{output}");
        }
    }

    [Fact]
    public void Pages_lead_to_pages_that_are_there()
    {
        string[] pages = Directory.GetFiles(Guide, "*.md");
        Assert.True(pages.Length >= 18, $"{pages.Length} pages");
        foreach (string page in pages)
        foreach (Match link in Link().Matches(File.ReadAllText(page)))
        {
            string target = Path.GetFullPath(Path.Combine(Guide, link.Groups[1].Value));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{Path.GetFileName(page)}: {link.Groups[1].Value} is not there");
        }
    }

    [Fact]
    public void Index_names_every_page()
    {
        string index = File.ReadAllText(Path.Combine(Guide, "README.md"));
        Assert.All(Directory.GetFiles(Guide, "*.md").Select(page => Path.GetFileName(page)!).Where(page => page != "README.md"), page =>
            Assert.Contains($"({page})", index, StringComparison.Ordinal)
        );
    }

    private static List<string> Lines(string page)
    {
        List<string> lines = [];
        bool inside = false;
        foreach (string line in File.ReadLines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```sh";
            else if (inside && line.Length > 0)
                lines.Add(line);
        }
        return lines;
    }

    private (int Code, string Output) Shell(string line)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Semblance.Cli");
        ProcessStartInfo start = new("/bin/bash", ["-c", $"set -o pipefail; semblance() {{ '{program}' \"$@\"; }}; {line}"])
        {
            WorkingDirectory = _folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SEMBLANCE_HOME"] = Path.Combine(_folder.Root, "home");
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync(),
            errors = shell.StandardError.ReadToEndAsync();
        Assert.True(shell.WaitForExit(Limit), $"{line} hangs");
        return (shell.ExitCode, output.Result + errors.Result);
    }

    [GeneratedRegex("# exits with ([0-9]+)")]
    private static partial Regex ExitsWith();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();
}
