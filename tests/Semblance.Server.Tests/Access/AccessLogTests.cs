using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Semblance.Server.Access;
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

        IReadOnlyList<AccessEntry> entries = await log.ReadAsync("default", 10, null, CancellationToken.None);
        Assert.Equal(["second", "first"], entries.Select(entry => entry.RequestId));
        folder.Delete(recursive: true);
    }
}
