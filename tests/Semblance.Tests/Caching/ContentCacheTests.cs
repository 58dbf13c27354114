using System.Text;
using System.Text.Json;
using Semblance.Caching;

namespace Semblance.Tests.Caching;

public sealed class ContentCacheTests : IDisposable
{
    private static readonly ResultMaker Maker = ResultMaker.Of("weights 1", "option a");

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-cache-").FullName;
    private readonly List<string> _warnings = [];

    private string Folder => Path.Combine(_folder, "cache");

    private string[] Files => Directory.GetFiles(Path.Combine(Folder, "results"), "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_kept_is_found_by_its_content_and_all_that_made_it()
    {
        Keep("picture", Maker, "result");
        Assert.Equal("result", Find("picture", ResultMaker.Of("weights 1", "option a")));
        Assert.Null(Find("another picture", Maker));
        Assert.Null(Find("picture", ResultMaker.Of("weights 2", "option a")));
        Assert.Null(Find("picture", ResultMaker.Of("weights 1", "option b")));
        Assert.Null(Find("picture", ResultMaker.Of("weights 1")));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Every_damage_makes_a_result_unknown_and_is_said_until_it_is_made_again()
    {
        Keep("picture", Maker, "result");
        byte[] whole = File.ReadAllBytes(Files.Single());
        string path = Files.Single();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Null(Find("picture", Maker));
            File.WriteAllBytes(path, whole[..i]);
            Assert.Null(Find("picture", Maker));
        }
        _warnings.Clear();
        Assert.Null(Find("picture", Maker));
        Assert.Contains(path, Assert.Single(_warnings));
        Keep("picture", Maker, "result");
        Assert.Equal("result", Find("picture", Maker));
        Assert.Single(_warnings);
    }

    [Fact]
    public void Result_under_the_name_of_another_is_not_given_for_it()
    {
        Keep("one", Maker, "result of one");
        string one = Files.Single();
        Keep("two", Maker, "result of two");
        File.Copy(one, Files.Single(file => file != one), overwrite: true);
        Assert.Null(Find("two", Maker));
        Assert.Equal("result of one", Find("one", Maker));
        Assert.Single(_warnings);
    }

    [Fact]
    public void Result_that_cannot_be_read_as_one_is_unknown()
    {
        Keep("picture", Maker, "no json");
        ContentCache cache = new(Folder, _warnings.Add);
        Assert.Null(cache.Find("picture", Maker, bytes => JsonSerializer.Deserialize<string>(bytes.Span)!));
        Assert.Single(_warnings);
    }

    [Fact]
    public void A_disk_full_of_damage_fills_no_screen()
    {
        ContentCache cache = new(Folder, _warnings.Add);
        for (int i = 0; i < 9; i++)
            cache.Keep($"{i}", Maker, "x"u8);
        foreach (string file in Files)
            File.WriteAllText(file, "something else");
        for (int i = 0; i < 9; i++)
            Assert.Null(cache.Find($"{i}", Maker, bytes => Encoding.UTF8.GetString(bytes.Span)));
        Assert.Equal(3, _warnings.Count);
        Assert.EndsWith("further ones are not named", _warnings[^1]);
    }

    [Fact]
    public void Files_of_something_else_are_left_alone_and_named()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "faces-of-an-earlier-version.jsonl"), "{}");
        Assert.Null(Find("picture", Maker));
        Keep("picture", Maker, "result");
        Assert.Contains("faces-of-an-earlier-version.jsonl", Assert.Single(_warnings));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(Folder, "faces-of-an-earlier-version.jsonl")));
    }

    [Fact]
    public void Files_and_folders_are_for_their_owner_alone()
    {
        Keep("picture", Maker, "result");
        if (OperatingSystem.IsWindows())
            Assert.Skip("there are no such permissions");
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Files.Single()));
            foreach (string folder in new[] { Folder, Path.Combine(Folder, "results"), Path.GetDirectoryName(Files.Single())! })
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void Folder_that_cannot_be_made_is_named_once_and_stops_nothing()
    {
        File.WriteAllText(Folder, "a file");
        ContentCache cache = new(Folder, _warnings.Add);
        cache.Keep("one", Maker, "x"u8);
        cache.Keep("two", Maker, "x"u8);
        Assert.Contains("results cannot be kept", Assert.Single(_warnings));
        Assert.Null(Find("one", Maker));
    }

    [Fact]
    public void Readers_and_writers_at_once_see_whole_results_alone()
    {
        string[] texts = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 200_000))];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            // As another process would: a cache of its own.
            ContentCache cache = new(Folder, warning =>
            {
                lock (_warnings)
                    _warnings.Add(warning);
            });
            if (i % 2 == 0)
                cache.Keep("picture", Maker, Encoding.UTF8.GetBytes(texts[i % texts.Length]));
            else if (cache.Find("picture", Maker, bytes => Encoding.UTF8.GetString(bytes.Span)) is { } found)
                Assert.Contains(found, texts);
        });
        Assert.Empty(_warnings);
        Assert.Single(Files);
    }

    private void Keep(string content, ResultMaker maker, string result) =>
        new ContentCache(Folder, _warnings.Add).Keep(content, maker, Encoding.UTF8.GetBytes(result));

    private string? Find(string content, ResultMaker maker) =>
        new ContentCache(Folder, _warnings.Add).Find(content, maker, bytes => Encoding.UTF8.GetString(bytes.Span));
}
