using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Semblance.Server.Access;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Server.Tests.Access;

public sealed class AccessLogTests
{
    [Fact]
    public async Task Searches_and_looks_are_logged_without_names_and_vectors()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement enrolled = await service
            .Http.PostAsync("/v1/people", Pictures.Form(("name", "Ada Lovelace"), ("image", Pictures.Dim)))
            .JsonAsync(201);
        string id = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        JsonElement found = await service.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        await service.Http.GetAsync($"/v1/people/{id}").JsonAsync();
        JsonElement[] entries = [];
        for (int i = 0; i < 100 && entries.Length < 2; i++)
        {
            await Task.Delay(50);
            entries = [.. (await service.Http.GetAsync("/v1/access").JsonAsync()).GetProperty("entries").EnumerateArray()];
        }
        Assert.Equal(["look", "identify"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(id, entries[0].GetProperty("people")[0].GetString());
        Assert.Equal(found.GetProperty("requestId").GetString(), entries[1].GetProperty("requestId").GetString());
        string file = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(service.Service.Parts.Options.AccessLog!, "*.access.jsonl"))
        );
        Assert.DoesNotContain("Ada", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_that_was_cut_off_and_a_client_that_has_gone_leave_all_other_entries()
    {
        using CancellationTokenSource gone = new();
        await gone.CancelAsync();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-access-");
        ManualClock clock = new();
        AccessEntry Entry(string request) => new(clock.GetUtcNow(), request, "key", "default", "identify", [], 1);
        AccessLog log = new(folder.FullName, 90, clock, NullLogger<AccessLog>.Instance);
        await log.AddAsync(Entry("first"), CancellationToken.None);
        await log.DisposeAsync();
        string file = Assert.Single(Directory.GetFiles(folder.FullName));
        await File.AppendAllTextAsync(file, "{\"at\":\"2031-05\n");
        clock.Advance(TimeSpan.FromSeconds(1));
        log = new(folder.FullName, 90, clock, NullLogger<AccessLog>.Instance);
        await log.AddAsync(Entry("second"), gone.Token);
        await log.DisposeAsync();

        AccessPage page = await log.ReadAsync(new("default", 10), CancellationToken.None);
        Assert.Equal(["second", "first"], page.Entries.Select(entry => entry.RequestId));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pages_meet_without_a_gap_over_days_also_where_entries_are_of_one_moment_and_more_are_added()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-access-");
        ManualClock clock = new();
        Guid ada = Guid.NewGuid();
        AccessLog log = new(folder.FullName, 90, clock, NullLogger<AccessLog>.Instance);
        for (int i = 0; i < 700; i++)
        {
            if (i == 350)
                clock.Advance(TimeSpan.FromDays(1));
            Guid[] people = i % 7 == 0 ? [ada] : [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
            await log.AddAsync(
                new(clock.GetUtcNow(), $"r{i}", i % 2 == 0 ? "door" : "desk", i % 10 == 9 ? "other" : "default", "identify", people, 1),
                CancellationToken.None
            );
        }
        await log.DisposeAsync();
        log = new(folder.FullName, 90, clock, NullLogger<AccessLog>.Instance);

        string[] all = [.. Enumerable.Range(0, 700).Where(i => i % 10 != 9).Select(i => $"r{i}").Reverse()];
        Assert.Equal(all, await ReadAsync(new("default", 37), addBetween: true));
        Assert.Equal(all.Where(r => int.Parse(r[1..]) % 7 == 0), await ReadAsync(new("default", 9) { Person = ada }));
        Assert.Equal(all.Where(r => int.Parse(r[1..]) % 2 == 1), await ReadAsync(new("default", 1000) { Key = "desk" }));
        await log.DisposeAsync();
        folder.Delete(recursive: true);

        async Task<string[]> ReadAsync(AccessQuery query, bool addBetween = false)
        {
            List<string> read = [];
            AccessPosition? next = null;
            do
            {
                AccessPage page = await log.ReadAsync(
                    query with
                    {
                        Before = next is { } at ? AccessPosition.Parse(at.ToString()) : null,
                    },
                    CancellationToken.None
                );
                read.AddRange(page.Entries.Select(entry => entry.RequestId));
                next = page.Next;
                if (addBetween)
                    await log.AddAsync(new(clock.GetUtcNow(), "later", "x", "other", "look", [], null), CancellationToken.None);
            } while (next is not null);
            return [.. read];
        }
    }

    [Fact]
    public async Task Lines_are_read_backwards_whatever_their_length_and_the_one_being_written_is_left_out()
    {
        string file = Path.GetTempFileName();
        string[] lines = ["first", "", new('a', 200_000), "short", new('b', 65_535), new('c', 65_536), "ä€😀"];
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n{\"at\":");
        List<(long Start, string Line)> read = [];
        await foreach ((long, string) line in BackwardLines.ReadAsync(file, null, CancellationToken.None))
            read.Add(line);
        Assert.Equal(lines.Reverse(), read.Select(line => line.Line));
        List<string> before = [];
        await foreach ((_, string line) in BackwardLines.ReadAsync(file, read[2].Start, CancellationToken.None))
            before.Add(line);
        Assert.Equal(lines[..4].Reverse(), before);
        File.Delete(file);
        await foreach (var _ in BackwardLines.ReadAsync(file, null, CancellationToken.None))
            Assert.Fail("a file that is not there has no lines");
    }

    [Fact]
    public async Task Names_are_told_where_they_are_asked_for_which_is_a_look_itself()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        NewKey admin = keys.Create(new("office", KeyRoles.All)),
            door = keys.Create(new("door", KeyRoles.Identify));
        await Task.Delay(1100);
        using HttpClient office = service.With(admin.Text),
            looks = service.With(door.Text);
        string ada = await EnrolAsync("Ada Lovelace", Pictures.Dim),
            eve = await EnrolAsync("Eve", Pictures.Astronaut);
        await looks.GetAsync($"/v1/people/{ada}").JsonAsync();
        await looks.GetAsync($"/v1/people/{eve}").JsonAsync();
        await office.DeleteAsync($"/v1/people/{eve}").JsonAsync();
        JsonElement named = await ReadAsync("names=true", 2);
        Assert.Equal(90, named.GetProperty("days").GetInt32());
        Assert.Equal("door", named.GetProperty("keys").GetProperty(door.Key.Id).GetString());
        Assert.Equal("Ada Lovelace", named.GetProperty("people").GetProperty(ada).GetString());
        Assert.False(named.GetProperty("people").TryGetProperty(eve, out _));

        JsonElement bare = await ReadAsync("", 3);
        Assert.False(bare.TryGetProperty("people", out _));
        Assert.Equal(["log", "look", "look"], Actions(bare));
        Assert.Equal(["log", "look"], Actions(await ReadAsync($"person={ada}", 2)));
        Assert.Equal(["look", "look"], Actions(await ReadAsync($"key={door.Key.Id}", 2)));
        await office.GetAsync("/v1/access?person=ada").JsonAsync(400);

        async Task<string> EnrolAsync(string name, byte[] picture)
        {
            JsonElement made = await office
                .PostAsync("/v1/people", Pictures.Form(("name", name), ("another", "true"), ("image", picture)))
                .JsonAsync(201);
            return made.GetProperty("person").GetProperty("id").GetString()!;
        }

        async Task<JsonElement> ReadAsync(string query, int least)
        {
            for (int i = 0; ; i++)
            {
                JsonElement answer = await office.GetAsync("/v1/access?" + query).JsonAsync();
                if (answer.GetProperty("entries").GetArrayLength() >= least || i == 100)
                    return answer;
                await Task.Delay(50);
            }
        }

        static IEnumerable<string?> Actions(JsonElement answer) =>
            answer.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
    }
}
