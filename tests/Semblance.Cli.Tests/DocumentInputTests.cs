using System.Diagnostics;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Documents, labels and keys that are named on the command line: pipes that nobody writes to and devices without an end are
/// refused, what the shell hands over is read.</summary>
public sealed class DocumentInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a pipe", "gallery", "restore", "--store", "{folder}/restored.db", "{file}")]
    [InlineData("a pipe", "gallery", "list", "--store", "{file}")]
    [InlineData("a pipe", "gallery", "list", "--store", "{folder}/people.db", "--key-file", "{file}")]
    [InlineData("a pipe", "sort", "--undo", "{file}")]
    [InlineData("a pipe", "keys", "list", "--keys", "{file}")]
    [InlineData("a pipe", "serve", "--listen", "127.0.0.1:0", "--settings", "{file}", "--access-log", "none", "--store", "{folder}/s.db")]
    [InlineData("a pipe", "serve", "--listen", "127.0.0.1:0", "--webhooks", "{file}")]
    [InlineData("a pipe", "serve", "--listen", "127.0.0.1:0", "--keys", "{file}", "--access-log", "none", "--store", "{folder}/s.db")]
    [InlineData("a pipe", "eval", "--compare", "{file}", "{file}")]
    [InlineData("a pipe", "eval", "verification", "--pairs", "{file}", "--images", "{folder}")]
    [InlineData("a pipe", "eval", "verification", "--pairs", "{folder}/pairs.csv", "--images", "{file}")]
    [InlineData("a pipe", "eval", "templates", "--faces", "{file}", "--pairs", "{file}", "--images", "{folder}")]
    [InlineData("a pipe", "eval", "detection", "--truth", "{file}", "--images", "{folder}")]
    [InlineData("a pipe", "eval", "attributes", "--attribute", "age", "--labels", "{file}", "--images", "{folder}")]
    [InlineData("a pipe", "models", "calibrate", "mobilefacenet-512", "--pairs", "{file}", "--images", "{folder}")]
    [InlineData("a pipe", "models", "import", "{file}", "--kind", "embedder")]
    [InlineData("a pipe", "models", "import", "{folder}/model.onnx", "--manifest", "{file}")]
    public void What_has_no_end_is_refused(string expected, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no names in folders");
        string pipe = Path.Combine(_folder.Root, "pipe");
        using (Process make = Process.Start("mkfifo", pipe))
            make.WaitForExit();
        _folder.Write("people.db", "no gallery"u8);
        _folder.Write("model.onnx", "no model"u8);
        _folder.Write("pairs.csv", "image_a,image_b,same\n1.jpg,2.jpg,1\n"u8);

        foreach (string file in new[] { pipe, "/dev/zero" })
        {
            CliRun run = CliRun.Of([
                .. arguments.Select(argument =>
                    argument.Replace("{folder}", _folder.Root, StringComparison.Ordinal).Replace("{file}", file, StringComparison.Ordinal)
                ),
            ]);

            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--keys", "no file of keys", "nonsense")]
    [InlineData("--keys", "no file of keys", """{"keys":[null]}""")]
    [InlineData("--webhooks", "cannot be read", "[null]")]
    [InlineData("--webhooks", "cannot be read", "null")]
    [InlineData("--webhooks", "cannot be read", """[{"url":"http://a","secret":"0123456789abcdef","events":null}]""")]
    [InlineData("--settings", "no settings of a service", "[null]")]
    [InlineData("--settings", "no settings of a service", "null")]
    [InlineData("--settings", "no settings of a service", """{"falseMatchRate":"NaN"}""")]
    [InlineData("--settings", "falseMatchRate is 2", """{"falseMatchRate":2}""")]
    public void Service_does_not_start_with_a_damaged_document(string option, string expected, string content)
    {
        string file = _folder.Write("document.json", System.Text.Encoding.UTF8.GetBytes(content)),
            store = Path.Combine(_folder.Root, "people.db");

        CliRun run = CliRun.Of("serve", "--listen", "127.0.0.1:0", "--store", store, "--access-log", "none", option, file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_and_configuration_may_come_from_the_shell()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "standard input has no name");
        string store = Path.Combine(_folder.Root, "people.db"),
            key = new('7', 64);

        CliRun made = CliRun.WithInput(key, "gallery", "create", "--store", store, "--encrypt", "--key-file", "/dev/stdin"),
            listed = CliRun.WithInput(key, "gallery", "list", "--store", store, "--key-file", "/dev/stdin"),
            tooLong = CliRun.WithInput(new string('7', 5000), "gallery", "list", "--store", store, "--key-file", "/dev/stdin"),
            configured = CliRun.WithInput("""{"store": "nowhere.db"}""", "gallery", "list", "--config", "/dev/stdin");

        Assert.Equal((0, 0, 2), (made.ExitCode, listed.ExitCode, configured.ExitCode));
        Assert.Contains("the limit is 4096", tooLong.Errors, StringComparison.Ordinal);
        Assert.Contains("nowhere.db", configured.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_of_people_with_loops_is_imported_once()
    {
        _folder.Copy(ReferenceData.Sample("astronaut-dim.jpg"), "staff/Ada/1.jpg");
        string staff = Path.Combine(_folder.Root, "staff");
        foreach (string loop in new[] { "all", "again" })
            Directory.CreateSymbolicLink(Path.Combine(staff, loop), staff);
        Directory.CreateSymbolicLink(Path.Combine(staff, "Ada", "back"), staff);

        CliRun run = CliRun.Of("gallery", "import", staff, "--store", Path.Combine(_folder.Root, "people.db"));

        Assert.Contains("1 people, 1 pictures: 1 enrolled", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_with_loops_is_evaluated_once()
    {
        foreach (string name in new[] { "Ada/1.jpg", "Ada/2.jpg", "Bea/1.jpg" })
            _folder.Copy(ReferenceData.Sample("astronaut-dim.jpg"), "people/" + name);
        string people = Path.Combine(_folder.Root, "people");
        foreach (string loop in new[] { "all", "again" })
            Directory.CreateSymbolicLink(Path.Combine(people, loop), people);

        CliRun run = CliRun.Of("eval", "clustering", "--images", people);

        Assert.Contains("3 faces of 2 people", run.Output, StringComparison.Ordinal);
    }
}
