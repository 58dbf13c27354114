using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Api;

public sealed class PeopleRoutesTests
{
    [Fact]
    public async Task Person_lives_from_enrolment_to_receipt()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement enrolled = await service
            .Http.PostAsync(
                "/v1/people",
                Pictures.Form(
                    ("name", "Ada"),
                    ("externalId", "crm-17"),
                    ("tags", "staff,night"),
                    ("metadata", """{"team":"engines"}"""),
                    ("image", Pictures.Astronaut),
                    ("image", Pictures.Cat)
                )
            )
            .JsonAsync(201);
        Assert.True(enrolled.GetProperty("isNew").GetBoolean());
        JsonElement rejected = Assert.Single(enrolled.GetProperty("rejected").EnumerateArray().ToArray());
        Assert.Equal(1, rejected.GetProperty("index").GetInt32());
        Assert.Equal("no-face", rejected.GetProperty("reasons")[0].GetProperty("reason").GetString());
        string id = enrolled.GetProperty("person").GetProperty("id").GetString()!,
            face = enrolled.GetProperty("accepted")[0].GetProperty("id").GetString()!;

        JsonElement found = await service.Http.PostAsync("/v1/identify?explain=true", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal("Ada", found.GetProperty("faces")[0].GetProperty("person").GetProperty("name").GetString());
        Assert.False(found.GetProperty("faces")[0].TryGetProperty("embedding", out _));
        Assert.Equal(
            face,
            found.GetProperty("faces")[0].GetProperty("search").GetProperty("candidates")[0].GetProperty("reference").GetString()
        );

        JsonElement verified = await service.Http.PostAsync($"/v1/verify/{id}", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.False(verified.TryGetProperty("rates", out _));
        foreach (double rate in new[] { 1e-2, 1e-4 })
        {
            JsonElement alone = await service
                .Http.PostAsync($"/v1/verify/{id}?fmr={rate}", Pictures.Form(("image", Pictures.Dim)))
                .JsonAsync();
            JsonElement together = await service
                .Http.PostAsync($"/v1/verify/{id}?rates={rate},1e-12", Pictures.Form(("image", Pictures.Dim)))
                .JsonAsync();
            JsonElement[] rates = [.. together.GetProperty("rates").EnumerateArray()];
            foreach (string member in new[] { "decision", "threshold", "score", "similarity", "falseMatchRate" })
                Assert.Equal(alone.GetProperty(member).ToString(), rates[0].GetProperty(member).ToString());
            Assert.Equal("unsupported-rate", rates[1].GetProperty("error").GetProperty("code").GetString());
        }
        Assert.True(verified.GetProperty("match").GetBoolean());

        JsonElement patched = await service
            .Http.PatchAsJsonAsync($"/v1/people/{id}", new { name = "Ada L.", tags = new[] { "day" } })
            .JsonAsync();
        Assert.Equal("Ada L.", patched.GetProperty("name").GetString());
        Assert.Equal("crm-17", patched.GetProperty("externalId").GetString());
        Assert.Equal("day", patched.GetProperty("tags")[0].GetString());

        using HttpResponseMessage cover = await service.Http.GetAsync($"/v1/people/{id}/cover");
        Assert.Equal("image/png", cover.Content.Headers.ContentType!.MediaType);
        JsonElement chosen = await service.Http.PutAsJsonAsync($"/v1/people/{id}/cover", new { face }).JsonAsync();
        Assert.Equal(face, chosen.GetProperty("cover").GetString());

        JsonElement export = await service.Http.GetAsync($"/v1/people/{id}/export").JsonAsync();
        Assert.Equal(512, export.GetProperty("person").GetProperty("references")[0].GetProperty("vector").GetArrayLength());

        JsonElement removed = await service.Http.DeleteAsync($"/v1/people/{id}").JsonAsync();
        string receipt = removed.GetProperty("receipt").GetProperty("text").GetString()!;
        JsonElement audit = await service.Http.GetAsync($"/v1/audit?receipt={Uri.EscapeDataString(receipt)}").JsonAsync();
        Assert.True(audit.GetProperty("report").GetProperty("intact").GetBoolean());
        Assert.Equal("person-removed", audit.GetProperty("entries")[0].GetProperty("action").GetString());
        Assert.Equal(removed.GetProperty("requestId").GetString(), audit.GetProperty("entries")[0].GetProperty("request").GetString());
        await service.Http.GetAsync($"/v1/people/{id}").JsonAsync(404);
    }

    [Fact]
    public async Task Stranger_is_unknown_and_told_as_an_event()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { StrangerDays = 7 });
        using HttpResponseMessage stream = await service.Http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await stream.Content.ReadAsStreamAsync());
        JsonElement found = await service.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Astronaut))).JsonAsync();
        JsonElement face = found.GetProperty("faces")[0];
        Assert.True(face.GetProperty("person").TryGetProperty("unknown", out _));
        string? line;
        do line = await events.ReadLineAsync();
        while (line is not null && !line.StartsWith("event:", StringComparison.Ordinal));
        Assert.Equal("event: unknown", line);

        string id = face.GetProperty("stranger").GetProperty("id").GetString()!;
        JsonElement groups = await service.Http.GetAsync("/v1/strangers").JsonAsync();
        Assert.Equal(id, groups.GetProperty("strangers")[0].GetProperty("id").GetString());
        Assert.Equal(0, (await service.Http.GetAsync("/v1/people").JsonAsync()).GetProperty("people").GetArrayLength());
        await service.Http.PostAsJsonAsync($"/v1/strangers/{id}/name", new { name = "Eileen" }).JsonAsync();
        JsonElement known = await service.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal("Eileen", known.GetProperty("faces")[0].GetProperty("person").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Changes_by_hand_are_undone_by_the_entry_that_the_answer_names()
    {
        await using RunningService service = await RunningService.StartAsync();
        string ada = await service.EnrolAsync("Ada", Pictures.Astronaut),
            bea = await service.EnrolAsync("Bea", Pictures.Dim);
        JsonElement renamed = await service.Http.PatchAsJsonAsync($"/v1/people/{ada}", new { name = "Cleo" }).JsonAsync();
        JsonElement undone = await service.Http.PostAsync($"/v1/undo/{renamed.GetProperty("undo")}", null).JsonAsync();
        Assert.Equal("Ada", undone.GetProperty("people")[0].GetProperty("name").GetString());

        JsonElement merged = await service.Http.PostAsJsonAsync($"/v1/people/{ada}/merge", new { from = bea }).JsonAsync();
        Assert.Equal(2, merged.GetProperty("referenceCount").GetInt32());
        await service.Http.GetAsync($"/v1/people/{bea}").JsonAsync(404);
        // Who looks at the person sees what can be undone too.
        JsonElement looked = await service.Http.GetAsync($"/v1/people/{ada}").JsonAsync();
        Assert.Equal(merged.GetProperty("undo").GetInt64(), looked.GetProperty("undo").GetInt64());
        await service.Http.PostAsync($"/v1/undo/{merged.GetProperty("undo")}", null).JsonAsync();
        JsonElement again = await service.Http.GetAsync($"/v1/people/{bea}").JsonAsync();
        Assert.Equal("Bea", again.GetProperty("name").GetString());

        string face = again.GetProperty("references")[0].GetProperty("id").GetString()!;
        JsonElement moved = await service.Http.PostAsJsonAsync($"/v1/people/{bea}/faces/{face}/move", new { to = ada }).JsonAsync();
        await service.Http.PostAsync($"/v1/undo/{moved.GetProperty("undo")}", null).JsonAsync();
        Assert.Equal(1, (await service.Http.GetAsync($"/v1/people/{bea}").JsonAsync()).GetProperty("references").GetArrayLength());
        Assert.True(
            (await service.Http.GetAsync("/v1/audit?verify=true").JsonAsync()).GetProperty("report").GetProperty("intact").GetBoolean()
        );
    }

    [Fact]
    public async Task Undoing_neither_overrules_what_came_later_nor_brings_back_what_was_removed()
    {
        await using RunningService service = await RunningService.StartAsync();
        string ada = await service.EnrolAsync("Ada", Pictures.Astronaut);
        JsonElement tagged = await service.Http.PatchAsJsonAsync($"/v1/people/{ada}", new { tags = new[] { "day" } }).JsonAsync();
        await service.Http.PatchAsJsonAsync($"/v1/people/{ada}", new { name = "Cleo" }).JsonAsync();
        JsonElement late = await service.Http.PostAsync($"/v1/undo/{tagged.GetProperty("undo")}", null).JsonAsync(409);
        Assert.Equal("gallery-conflict", late.GetProperty("code").GetString());
        Assert.Equal("Cleo", (await service.Http.GetAsync($"/v1/people/{ada}").JsonAsync()).GetProperty("name").GetString());
        JsonElement removed = await service.Http.DeleteAsync($"/v1/people/{ada}").JsonAsync();
        await service.Http.PostAsync($"/v1/undo/{removed.GetProperty("receipt").GetProperty("sequence")}", null).JsonAsync(409);
        await service.Http.PostAsync("/v1/undo/soon", null).JsonAsync(404);
    }

    [Fact]
    public async Task Dismissed_finding_comes_back_when_that_is_undone()
    {
        await using RunningService service = await RunningService.StartAsync();
        await service.EnrolAsync("Ada", Pictures.Astronaut);
        await service.Http.PostAsync("/v1/people", Pictures.Form(("name", "Bea"), ("image", Pictures.Dim))).JsonAsync(201);
        JsonElement finding = (await service.Http.GetAsync("/v1/check").JsonAsync()).GetProperty("findings")[0];
        Assert.Equal("one-person-under-two-names", finding.GetProperty("kind").GetString());
        string key = Uri.EscapeDataString(finding.GetProperty("key").GetString()!);
        JsonElement dismissed = await service.Http.PostAsync($"/v1/check/{key}/dismiss", null).JsonAsync();
        Assert.Equal(0, (await service.Http.GetAsync("/v1/check").JsonAsync()).GetProperty("findings").GetArrayLength());
        await service.Http.PostAsync($"/v1/undo/{dismissed.GetProperty("undo")}", null).JsonAsync();
        Assert.Equal(1, (await service.Http.GetAsync("/v1/check").JsonAsync()).GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public async Task List_goes_through_everybody_once_in_every_order()
    {
        await using RunningService service = await RunningService.StartAsync();
        foreach (string name in new[] { "Cleo", "ada", "Bob", "Dora", "Ben" })
            await service
                .Http.PostAsync("/v1/people", Pictures.Form(("name", name), ("image", Pictures.Dim), ("another", "true")))
                .JsonAsync(201);
        Assert.Equal(["ada", "Ben", "Bob", "Cleo", "Dora"], await NamesAsync(service, "sort=name"));
        Assert.Equal(["Dora", "Cleo", "Bob", "Ben", "ada"], await NamesAsync(service, "sort=-name"));
        Assert.Equal(["Cleo", "ada", "Bob", "Dora", "Ben"], await NamesAsync(service, "sort=enrolled"));
        Assert.Equal(["Ben", "Dora", "Bob", "ada", "Cleo"], await NamesAsync(service, "sort=-enrolled"));
        Assert.Equal(["Bob", "Ben"], await NamesAsync(service, "q=b"));
        await service.Http.GetAsync("/v1/people?cursor=bm9uc2Vuc2U").JsonAsync(400);
    }

    [Fact]
    public async Task Idempotency_key_makes_one_enrolment_of_two_requests()
    {
        await using RunningService service = await RunningService.StartAsync();
        async Task<JsonElement> EnrolAsync(string key, string name, int status)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/v1/people")
            {
                Content = Pictures.Form(("name", name), ("another", "true"), ("image", Pictures.Dim)),
            };
            request.Headers.Add("Idempotency-Key", key);
            return await service.Http.SendAsync(request).JsonAsync(status);
        }
        JsonElement first = await EnrolAsync("k1", "Ada", 201),
            again = await EnrolAsync("k1", "Ada", 201);
        Assert.Equal(first.GetProperty("person").GetProperty("id").GetString(), again.GetProperty("person").GetProperty("id").GetString());
        Assert.Equal("idempotency-key", (await EnrolAsync("k1", "Bob", 422)).GetProperty("code").GetString());
        await EnrolAsync("k2", "Ada", 201);
        Assert.Equal(2, (await service.Http.GetAsync("/v1/people").JsonAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Enrolment_of_nothing_usable_is_refused_with_the_reasons()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement problem = await service
            .Http.PostAsync("/v1/people", Pictures.Form(("name", "Cat"), ("image", Pictures.Cat)))
            .JsonAsync(422);
        Assert.Equal("rejected", problem.GetProperty("code").GetString());
        Assert.Equal("no-face", problem.GetProperty("rejected")[0].GetProperty("reasons")[0].GetProperty("reason").GetString());
        Assert.Equal(0, (await service.Http.GetAsync("/v1/people").JsonAsync()).GetProperty("total").GetInt32());
    }

    private static async Task<string[]> NamesAsync(RunningService service, string query)
    {
        List<string> names = [];
        string? cursor = null;
        do
        {
            JsonElement page = await service
                .Http.GetAsync($"/v1/people?limit=2&{query}" + (cursor is null ? "" : $"&cursor={cursor}"))
                .JsonAsync();
            names.AddRange(page.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("name").GetString()!));
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        } while (cursor is not null);
        return [.. names];
    }
}
