using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class GalleryCommandTests : IDisposable
{
    private static readonly string Astronaut = ReferenceData.Sample("astronaut.png"),
        Dim = ReferenceData.Sample("astronaut-dim.jpg"),
        Cat = ReferenceData.Sample("chelsea.png");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-cli-gallery-");

    private string Store => "sqlite:" + Path.Combine(_folder.FullName, "people.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Person_is_enrolled_identified_exported_and_removed_with_a_receipt()
    {
        Assert.Equal(0, Run("enrol", "--name", "Eileen", Astronaut).ExitCode);
        CliRun known = Run("identify", Dim, "--json");
        Assert.Equal(0, known.ExitCode);
        JsonElement person = JsonDocument.Parse(known.Output).RootElement.GetProperty("faces")[0].GetProperty("person");
        Assert.Equal("Eileen", person.GetProperty("name").GetString());
        Assert.InRange(person.GetProperty("similarity").GetDouble(), 0.6, 1);
        Assert.False(JsonDocument.Parse(known.Output).RootElement.GetProperty("faces")[0].TryGetProperty("embedding", out _));

        string export = Path.Combine(_folder.FullName, "export");
        Assert.Equal(0, Run("export", "Eileen", "--out", export).ExitCode);
        JsonElement held = JsonDocument.Parse(File.ReadAllText(Path.Combine(export, "person.json"))).RootElement;
        Assert.Equal(512, held.GetProperty("references")[0].GetProperty("vector").GetArrayLength());

        CliRun removed = Run("remove", "Eileen");
        string receipt = removed.Output.Trim()[(removed.Output.IndexOf("receipt ", StringComparison.Ordinal) + "receipt ".Length)..];
        Assert.Equal(0, Run("audit", "--receipt", receipt).ExitCode);
        Assert.Equal(1, Run("audit", "--receipt", "1:" + new string('0', 64)).ExitCode);
        CliRun unknown = Run("identify", Dim, "--json");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Equal(
            "the gallery is empty",
            JsonDocument.Parse(unknown.Output).RootElement.GetProperty("faces")[0].GetProperty("person").GetProperty("unknown").GetString()
        );
    }

    [Fact]
    public void Stranger_is_unknown_with_figures()
    {
        Run("enrol", "--name", "Eileen", Astronaut);
        CliRun run = Run("identify", Dim, "--threshold", "0.9999", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(
            @"^best 0\.\d+, threshold 0\.9999$",
            JsonDocument.Parse(run.Output).RootElement.GetProperty("faces")[0].GetProperty("person").GetProperty("unknown").GetString()
        );
    }

    [Fact]
    public void Person_is_changed_and_only_what_was_asked_for()
    {
        Run("enrol", "--name", "Eileen", Astronaut, "--consent", "form 1", "--expires", "30d", "--meta", "room=7", "--meta", "team=crew");
        Assert.Equal(0, Run("update", "Eileen", "--name", "Eileen Collins", "--expires", "never", "--meta", "room=").ExitCode);
        JsonElement changed = JsonDocument.Parse(Run("show", "Eileen Collins", "--json").Output).RootElement;

        Assert.Equal("form 1", changed.GetProperty("consent").GetString());
        Assert.False(changed.TryGetProperty("expiresAt", out _));
        Assert.Equal("""{"team":"crew"}""", JsonSerializer.Serialize(changed.GetProperty("metadata")));
        Assert.Equal(1, changed.GetProperty("references").GetArrayLength());
        Assert.Equal(2, Run("update", "Eileen Collins").ExitCode);
        Assert.Equal(2, Run("update", "Eileen", "--name", "Ada").ExitCode);
    }

    [Fact]
    public void Change_is_found_by_the_person_and_taken_back_by_its_number()
    {
        Run("enrol", "--name", "Eileen", Astronaut);
        CliRun none = Run("undo", "--person", "Eileen");
        Assert.Equal(1, none.ExitCode);
        Assert.StartsWith("nothing of Eileen", none.Output, StringComparison.Ordinal);
        Run("update", "Eileen", "--name", "Ada", "--meta", "room=7");

        CliRun found = Run("undo", "--person", "Ada", "--json");
        Assert.Equal(0, found.ExitCode);
        JsonElement change = JsonDocument.Parse(found.Output).RootElement;
        string entry = change.GetProperty("person").GetProperty("undo").GetRawText();
        Assert.Equal(entry, change.GetProperty("change").GetProperty("sequence").GetRawText());
        Assert.Equal("person-updated", change.GetProperty("change").GetProperty("action").GetString());
        Assert.StartsWith(
            $"entry {entry} can be undone: person-updated of Ada",
            Run("undo", "--person", "Ada").Output,
            StringComparison.Ordinal
        );

        CliRun undone = Run("undo", entry, "--json");
        Assert.Equal(0, undone.ExitCode);
        JsonElement answer = JsonDocument.Parse(undone.Output).RootElement;
        Assert.Equal(entry, answer.GetProperty("undone").GetRawText());
        Assert.Equal("Eileen", Assert.Single(answer.GetProperty("people").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(0, Run("audit", "--receipt", answer.GetProperty("receipt").GetString()!).ExitCode);
        Assert.False(JsonDocument.Parse(Run("show", "Eileen", "--json").Output).RootElement.TryGetProperty("metadata", out _));
    }

    [Fact]
    public void What_cannot_be_undone_is_refused_and_left_as_it_is()
    {
        Run("enrol", "--name", "Eileen", Astronaut);
        Run("update", "Eileen", "--name", "Ada");
        string first = NewestOf("Ada");
        Run("update", "Ada", "--name", "Bea");
        string second = NewestOf("Bea");
        CliRun older = Run("undo", first);
        Assert.Equal(2, older.ExitCode);
        Assert.Contains($"entry {first} cannot be undone", older.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Run("show", "Bea").ExitCode);
        Assert.Matches($@"^undone entry {second}: Ada  \S+; receipt \d+:[0-9a-f]{{64}}\s*$", Run("undo", second).Output);
        Assert.Equal(2, Run("undo", second).ExitCode);
        foreach (
            string[] wrong in (string[][])
                [
                    [],
                    [first, "--person", "Ada"],
                    ["four"],
                    ["99999999999999999999"],
                    ["--person", "Nobody"],
                ]
        )
            Assert.Equal(2, Run("undo", wrong).ExitCode);
        Assert.Equal(0, Run("remove", "Ada").ExitCode);
        Assert.Equal(2, Run("undo", first).ExitCode);

        string NewestOf(string person) =>
            JsonDocument
                .Parse(Run("undo", "--person", person, "--json").Output)
                .RootElement.GetProperty("change")
                .GetProperty("sequence")
                .GetRawText();
    }

    [Fact]
    public void Identified_faces_are_drawn_with_their_names()
    {
        string known = Path.Combine(_folder.FullName, "known.png"),
            unknown = Path.Combine(_folder.FullName, "unknown.png");
        Run("enrol", "--name", "Eileen", Astronaut);
        Assert.Equal(0, Run("identify", Dim, "--annotate", known).ExitCode);
        Assert.Equal(1, Run("identify", Dim, "--threshold", "0.9999", "--annotate", unknown).ExitCode);

        Assert.True(File.Exists(known) && File.Exists(unknown));
        Assert.False(File.ReadAllBytes(known).AsSpan().SequenceEqual(File.ReadAllBytes(unknown)), "the labels are the same");
        Assert.Equal(2, Run("identify", Dim, Astronaut, "--annotate", known).ExitCode);
    }

    [Fact]
    public void Name_that_the_font_cannot_draw_is_drawn_as_the_number_of_the_face()
    {
        Run("enrol", "--name", "王小明 😀", Astronaut);
        byte[] foreign = Annotated("foreign.png");
        Run("update", "王小明 😀", "--name", "face 1");
        byte[] numbered = Annotated("numbered.png");
        Run("update", "face 1", "--name", "face 2");

        Assert.True(foreign.AsSpan().SequenceEqual(numbered), "the label is not 'face 1'");
        Assert.False(foreign.AsSpan().SequenceEqual(Annotated("other.png")), "the label is not drawn");

        byte[] Annotated(string file)
        {
            string path = Path.Combine(_folder.FullName, file);
            Assert.Equal(0, Run("identify", Dim, "--annotate", path).ExitCode);
            return File.ReadAllBytes(path);
        }
    }

    [Fact]
    public void Json_keeps_names_readable_in_any_script() =>
        Assert.Contains(
            "\"name\": \"王小明 😀\"",
            Run("enrol", "--name", "王小明 😀", Astronaut, "--json").Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Exported_files_are_readable_by_their_owner_alone_also_where_others_could_read_them_before()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there are no such permissions");
            return;
        }
        string export = Path.Combine(_folder.FullName, "export"),
            person = Path.Combine(export, "person.json");
        Directory.CreateDirectory(export);
        File.WriteAllText(person, "of before");
        File.SetUnixFileMode(person, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Run("create", "--keep-crops");
        Run("enrol", "--name", "Eileen", Astronaut);
        Assert.Equal(0, Run("export", "Eileen", "--out", export).ExitCode);
        string[] files = Directory.GetFiles(export);

        Assert.Equal(2, files.Length);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("Eileen", File.ReadAllText(person), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_for_a_gallery_that_is_not_encrypted_is_an_error()
    {
        string key = WriteKey("unused.key", '4');
        Assert.Equal(0, Run("enrol", "--name", "Eileen", Astronaut).ExitCode);
        foreach (
            CliRun run in (CliRun[])
                [
                    Run("list", "--key-file", key),
                    Run("identify", Astronaut, "--key-file", key),
                    Run("enrol", "--name", "Bea", Astronaut, "--key-file", key),
                ]
        )
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("is not encrypted, but a key was given for it", run.Errors, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Bea", Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_makes_an_encrypted_gallery_where_there_is_none()
    {
        string key = WriteKey("people.key", '3');
        CliRun made = Run("enrol", "--name", "Eileen", Astronaut, "--key-file", key);

        Assert.Equal(0, made.ExitCode);
        Assert.Contains(", encrypted with key ", made.Errors, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(Run("stats", "--json", "--key-file", key).Output).RootElement.GetProperty("encrypted").GetBoolean());
        Assert.Equal(2, Run("list").ExitCode);
    }

    [Fact]
    public void Details_given_for_somebody_known_are_said_to_change_nothing()
    {
        Run("enrol", "--name", "Eileen", Astronaut, "--consent", "form 1", "--meta", "room=7");
        CliRun same = Run("enrol", "--name", "Eileen", Dim, "--any-quality", "--consent", "form 1", "--meta", "room=7");
        CliRun other = Run(
            "enrol",
            "--name",
            "Eileen",
            Dim,
            "--any-quality",
            "--consent",
            "form 2",
            "--expires",
            "30d",
            "--meta",
            "room=8"
        );

        Assert.Equal((0, 0), (same.ExitCode, other.ExitCode));
        Assert.DoesNotContain("warning", same.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "warning: Eileen was known already, so --consent and --expires and --meta changed nothing",
            other.Errors,
            StringComparison.Ordinal
        );
        Assert.Contains("gallery update --store", other.Errors, StringComparison.Ordinal);
        Assert.Equal("form 1", JsonDocument.Parse(Run("show", "Eileen", "--json").Output).RootElement.GetProperty("consent").GetString());
    }

    [Fact]
    public void Reembedding_tells_the_contract_before_and_after()
    {
        Run("create", "--keep-crops");
        Run("enrol", "--name", "Eileen", Astronaut);
        string before = Contract();
        CliRun run = Run("reembed", "--flip");
        string after = Contract();

        Assert.NotEqual(before, after);
        Assert.Contains($"before: mobilefacenet-512 ({before},", run.Output, StringComparison.Ordinal);
        Assert.Contains($"after:  mobilefacenet-512 ({after},", run.Output, StringComparison.Ordinal);

        string Contract() => JsonDocument.Parse(Run("stats", "--json").Output).RootElement.GetProperty("contract").GetString()!;
    }

    [Fact]
    public void Rate_that_nothing_supports_is_refused_with_the_smallest_and_the_way_out()
    {
        Run("enrol", "--name", "Eileen", Astronaut);
        CliRun run = Run("identify", Dim, "--fpir", "1e-9");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--threshold", run.Errors, StringComparison.Ordinal);
        string smallest = System.Text.RegularExpressions.Regex.Match(run.Errors, @"smallest rate supported is ([^ ;]+);").Groups[1].Value;
        Assert.Equal(0, Run("identify", Dim, "--fpir", smallest).ExitCode);
        Assert.Contains($"of a search: {smallest}", Run("stats").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_pictures_are_named_and_set_the_exit_code()
    {
        CliRun some = Run("enrol", "--name", "Eileen", Astronaut, Cat),
            none = Run("enrol", "--name", "Cat", Cat);

        Assert.Equal((3, 4), (some.ExitCode, none.ExitCode));
        Assert.Contains("chelsea.png: no face", some.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Cat", Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_gallery_with_consent_asks_for_both_and_takes_a_new_key()
    {
        string old = WriteKey("old.key", '1'),
            fresh = WriteKey("new.key", '2');
        Assert.Equal(0, Run("create", "--encrypt", "--require-consent", "--keep-crops", "--key-file", old).ExitCode);
        Assert.Equal(2, Run("enrol", "--name", "Eileen", Astronaut, "--key-file", old).ExitCode);
        Assert.Equal(0, Run("enrol", "--name", "Eileen", Astronaut, "--consent", "form 1", "--expires", "30d", "--key-file", old).ExitCode);
        Assert.Equal(2, Run("show", "Eileen").ExitCode);
        Assert.Equal(0, Run("rekey", "--key-file", old, "--new-key-file", fresh).ExitCode);
        Assert.Equal(2, Run("show", "Eileen", "--key-file", old).ExitCode);
        CliRun shown = Run("show", "Eileen", "--key-file", fresh, "--json");

        Assert.Equal("form 1", JsonDocument.Parse(shown.Output).RootElement.GetProperty("consent").GetString());
        Assert.Equal(0, Run("audit", "--key-file", fresh).ExitCode);
        Assert.Equal(0, Run("purge", "--key-file", fresh).ExitCode);
    }

    [Fact]
    public void Check_finds_one_person_under_two_names()
    {
        Run("enrol", "--name", "Eileen", Astronaut);
        Run("enrol", "--name", "Collins", Dim, "--any-quality");
        CliRun run = Run("check", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("one-person-under-two-names", JsonDocument.Parse(run.Output).RootElement.GetProperty("kind").GetString());
        Assert.Equal(1, JsonDocument.Parse(Run("stats", "--json").Output).RootElement.GetProperty("nonMatedPairs").GetInt32());
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list", "--store", "people.db")]
    [InlineData("list", "--store", "oracle:people")]
    [InlineData("list", "--store", "sqlite:nowhere.db")]
    [InlineData("identify", "x.jpg", "--store", "sqlite:nowhere.db", "--fpir", "0.1", "--threshold", "0.4")]
    public void Wrong_use_ends_with_2(params string[] arguments) => Assert.Equal(2, CliRun.Of(["gallery", .. arguments]).ExitCode);

    private CliRun Run(string command, params string[] arguments) => CliRun.Of(["gallery", command, "--store", Store, .. arguments]);

    private string WriteKey(string name, char digit)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, new string(digit, 64));
        return path;
    }
}
