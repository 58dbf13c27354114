using System.Diagnostics;
using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>Inputs that once ended a batch, hung, or were written over.</summary>
public sealed class InputSafetyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Photo => ReferenceData.Sample("astronaut-dim.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Output_onto_the_input_is_refused_under_each_of_its_names()
    {
        string photo = _folder.Copy(Photo, "photo.jpg"),
            link = Path.Combine(_folder.Root, "link.jpg"),
            spelt = Path.Combine(_folder.Root, ".", "sub", "..", "photo.jpg");
        Directory.CreateDirectory(Path.Combine(_folder.Root, "sub"));
        File.CreateSymbolicLink(link, photo);
        byte[] before = File.ReadAllBytes(photo);

        foreach (string target in new[] { photo, link, spelt })
        {
            CliRun run = CliRun.Of("detect", photo, "--annotate", target);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("never written over", run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(photo));
    }

    [Theory]
    [InlineData("in/vectors.csv")]
    [InlineData("vectors.jsonl")]
    [InlineData("vectors.npy")]
    public void Vectors_are_not_written_over_a_picture_that_was_found_in_a_folder(string name)
    {
        string photo = _folder.Copy(Photo, "in/photo.jpg"),
            named = _folder.Copy(Photo, "in/vectors.csv"),
            output = Path.Combine(_folder.Root, name);
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "vectors.jsonl"), photo);
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "vectors.npy.index.csv"), photo);
        byte[] before = File.ReadAllBytes(photo);

        foreach (string input in new[] { Path.Combine(_folder.Root, "in", "*"), "-" })
        {
            CliRun run = CliRun.WithInput($"{photo}\n{named}\n", "embed", input, "--out", output);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("never written over", run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(before, File.ReadAllBytes(photo));
        Assert.Equal(before, File.ReadAllBytes(named));
        Assert.Empty(Directory.GetFiles(_folder.Root, ".*"));
    }

    [Fact]
    public void Export_is_not_written_over_the_gallery_that_it_reads()
    {
        string store = Path.Combine(_folder.Root, "person.json");
        Assert.Equal(0, CliRun.Of("gallery", "enrol", "--store", $"sqlite:{store}", "--name", "Eileen", "--consent", "1", Photo).ExitCode);

        CliRun run = CliRun.Of("gallery", "export", "--store", $"sqlite:{store}", "Eileen", "--out", _folder.Root);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("never written over", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Of("gallery", "audit", "--store", $"sqlite:{store}").ExitCode);
    }

    [Fact]
    public void Folder_with_loops_is_read_once_and_a_pipe_in_it_is_refused_by_name()
    {
        _folder.Copy(Photo, "in/a.jpg");
        string folder = Path.Combine(_folder.Root, "in");
        Directory.CreateSymbolicLink(Path.Combine(folder, "one"), folder);
        Directory.CreateSymbolicLink(Path.Combine(folder, "two"), folder);
        using (Process make = Process.Start("mkfifo", Path.Combine(folder, "b.jpg")))
            make.WaitForExit();

        CliRun run = CliRun.Of("detect", folder, "--recursive", "--json");

        Assert.Equal(3, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("b.jpg", run.Errors, StringComparison.Ordinal);
        Assert.Contains("a pipe, a socket or a device", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void One_empty_folder_and_one_unmatched_glob_do_not_end_the_rest()
    {
        string photo = _folder.Copy(Photo, "a.jpg"),
            empty = Directory.CreateDirectory(Path.Combine(_folder.Root, "empty")).FullName;

        CliRun run = CliRun.Of("detect", empty, photo, Path.Combine(_folder.Root, "*.webp"), "--json");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(empty, run.Errors, StringComparison.Ordinal);
        Assert.Contains("*.webp", run.Errors, StringComparison.Ordinal);
        Assert.Contains("2 of 3", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_name_and_a_name_with_an_at_sign_are_names_like_others()
    {
        string longest = _folder.Copy(Photo, new string('n', 247) + ".jpg"),
            at = _folder.Copy(Photo, "@list.jpg"),
            crops = Path.Combine(_folder.Root, "crops");

        CliRun run = CliRun.Of("align", longest, at, "--out", crops);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, Directory.GetFiles(crops).Length);
    }

    [Fact]
    public void List_may_have_a_byte_order_mark()
    {
        string photo = _folder.Copy(Photo, "a.jpg");

        CliRun run = CliRun.WithInput("\uFEFF" + photo + "\r\n", "detect", "-", "--json");

        Assert.Equal(0, run.ExitCode);
        using JsonDocument line = JsonDocument.Parse(run.Output);
        Assert.Equal(photo, line.RootElement.GetProperty("input").GetString());
    }

    [Fact]
    public void Picture_on_standard_input_is_refused_in_one_line()
    {
        CliRun run = CliRun.WithInput("\u0001PNG\0\0\0binary\n\0more", "detect", "-");

        Assert.Equal(4, run.ExitCode);
        Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("a list of file names was expected", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_that_steers_the_terminal_is_printed_as_code()
    {
        string photo = _folder.Copy(Photo, "a\u001b]0;owned\u0007\u202egpj.jpg"),
            broken = _folder.Write("x\nerror: forged.jpg", "no picture"u8);

        CliRun run = CliRun.Of("detect", photo, broken);
        CliRun json = CliRun.Of("detect", photo, "--json");

        Assert.DoesNotContain(run.Output + run.Errors + json.Output, letter => letter is '\u001b' or '\u0007' or '\u202e');
        Assert.Contains(@"a\u001B]0;owned\u0007\u202Egpj.jpg", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Errors.Split('\n'), line => line.StartsWith("error: forged", StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.Equal(photo, document.RootElement.GetProperty("input").GetString());
    }

    [Fact]
    public void Damaged_picture_is_warned_of_in_the_result()
    {
        string damaged = ReferenceData.Require("data/cases/jpeg_4k_missing_inside.jpg");

        CliRun run = CliRun.Of("detect", damaged, "--json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Contains("damaged", document.RootElement.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_above_the_limit_are_refused_before_they_are_read()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Root, "staff", "Ada")).FullName,
            store = Path.Combine(_folder.Root, "people.db");
        foreach (string name in new[] { "1.jpg", "2.jpg" })
            using (FileStream file = File.Create(Path.Combine(folder, name)))
                file.SetLength(2L << 30);

        CliRun enrolled = CliRun.Of("gallery", "enrol", folder, "--name", "Ada", "--store", store),
            imported = CliRun.Of("gallery", "import", Path.GetDirectoryName(folder)!, "--store", store);

        Assert.Equal((4, 4), (enrolled.ExitCode, imported.ExitCode));
        Assert.Contains("the limit for compressed data is 268435456", enrolled.Errors, StringComparison.Ordinal);
        Assert.Contains("the limit is 268435456", imported.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_file_that_everybody_may_read_is_remarked_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        string key = _folder.Write("people.key", System.Text.Encoding.ASCII.GetBytes(new string('7', 64))),
            store = Path.Combine(_folder.Root, "people.db");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        CliRun open = CliRun.Of("gallery", "create", "--store", store, "--encrypt", "--key-file", key);
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        CliRun own = CliRun.Of("gallery", "list", "--store", store, "--key-file", key);

        Assert.Contains("other users of this machine can read the key file", open.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("other users", own.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_are_made_for_faces_and_keys_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string To(string name) => Path.Combine(_folder.Root, name);
        CliRun[] runs =
        [
            CliRun.Of("align", Photo, "--out", To("aligned")),
            CliRun.Of("detect", Photo, "--crops", To("crops")),
            CliRun.Of("embed", Photo, "--out", To("vectors/v.npy")),
            CliRun.Of("gallery", "create", "--store", To("gallery/people.db")),
            CliRun.Of("keys", "create", "--keys", To("keys/keys.json"), "--name", "door", "--role", "identify"),
        ];

        Assert.All(runs, run => Assert.Equal(0, run.ExitCode));
        foreach (string folder in Directory.GetDirectories(_folder.Root))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Vectors_are_their_owners_alone_and_appear_whole_or_not_at_all()
    {
        string file = Path.Combine(_folder.Root, "vectors.npy"),
            broken = _folder.Write("broken.jpg", "no picture"u8);
        File.WriteAllText(file, "earlier");

        Assert.Equal(4, CliRun.Of("embed", broken, "--out", file).ExitCode);
        Assert.Equal("earlier", File.ReadAllText(file));

        Assert.Equal(0, CliRun.Of("embed", Photo, "--out", file).ExitCode);
        Assert.Equal(128 + 512 * 4, new FileInfo(file).Length);
        if (!OperatingSystem.IsWindows())
            foreach (string path in new[] { file, file + ".index.csv" })
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
