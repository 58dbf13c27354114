using System.Text.Json;
using Semblance.Server.Tests.Support;

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
}
