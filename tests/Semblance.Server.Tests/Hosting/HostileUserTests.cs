using System.Text;
using System.Text.Json;
using Semblance.Server.Events;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

/// <summary>What somebody tries who has a key, or none, and means harm.</summary>
public sealed class HostileUserTests(MemoryService service) : IClassFixture<MemoryService>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("tags", "a\u001b[2Jb")]
    [InlineData("tags", "a\u202eb")]
    [InlineData("externalId", "17\n18")]
    [InlineData("consent", "form\u2028 12")]
    [InlineData("name", "A\u0000da")]
    [InlineData("metadata", "{\"team\":\"a\\u0007b\"}")]
    public async Task Characters_that_mislead_are_refused_by_every_door(string field, string value)
    {
        using HttpClient http = service.With(service.Admin);
        (string, object)[] fields = [("name", "Ada " + field), ("image", Pictures.Dim)];
        JsonElement enrolled = await http.PostAsync("/v1/people?another=true", Pictures.Form(fields)).JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!,
            face = enrolled.GetProperty("accepted")[0].GetProperty("id").GetString()!;

        (string, object)[] bad = [.. fields.Where(pair => pair.Item1 != field), (field, value)];
        await http.PostAsync("/v1/people?another=true", Pictures.Form(bad)).JsonAsync(400);
        string member =
            field == "metadata" ? value
            : field == "tags" ? JsonSerializer.Serialize(new[] { value })
            : JsonSerializer.Serialize(value);
        await http.PatchAsync($"/v1/people/{person}", Json($"{{\"{field}\":{member}}}")).JsonAsync(400);
        if (field is "tags" or "externalId")
            await http.PatchAsync($"/v1/people/{person}/faces/{face}", Json($"{{\"{field}\":{member}}}")).JsonAsync(400);
        if (field == "externalId")
            await http.PatchAsync($"/v1/people/{person}/faces/{face}", Json($"{{\"source\":{member}}}")).JsonAsync(400);
    }

    [Fact]
    public async Task What_is_written_about_somebody_is_bounded()
    {
        using HttpClient http = service.With(service.Admin);
        JsonElement enrolled = await http.PostAsync(
                "/v1/people?another=true",
                Pictures.Form(("name", "Ada Short"), ("image", Pictures.Dim))
            )
            .JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!,
            face = enrolled.GetProperty("accepted")[0].GetProperty("id").GetString()!,
            pairs = string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"{i}\":\"x\""));
        await http.PatchAsync($"/v1/people/{person}", Json($"{{\"metadata\":{{{pairs}}}}}")).JsonAsync(400);
        await http.PatchAsync($"/v1/people/{person}/faces/{face}", Json($"{{\"source\":\"{new string('s', 4001)}\"}}")).JsonAsync(400);
        await http.PatchAsync($"/v1/people/{person}/faces/{face}", Json("""{"source":"door.jpg"}""")).JsonAsync();
    }

    [Fact]
    public async Task Name_of_a_file_brings_no_folder_and_nothing_unseen()
    {
        using HttpClient http = service.With(service.Admin);
        using MultipartFormDataContent form = [];
        ByteArrayContent picture = new(Pictures.Dim);
        picture.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            "form-data; name=\"image\"; filename*=UTF-8''..%2F..%2Fa%E2%80%AEb%07%E2%80%A8%E2%80%8Cc.jpg"
        );
        form.Add(picture);
        JsonElement answer = await http.PostAsync("/v1/detect", form).JsonAsync();
        Assert.Equal("ab\u200Cc.jpg", answer.GetProperty("input").GetString());
    }

    [Theory]
    [InlineData("""{"name":"Ada","name":"Mallory"}""")]
    [InlineData("""{"metadata":{"a":"1","\u0061":"2"}}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":["Ada"]}""")]
    [InlineData("""{"expiresAt":"2031-13-45"}""")]
    [InlineData("""{"role":"admin"}""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task Json_that_two_readers_would_understand_differently_is_refused(string body)
    {
        using HttpClient http = service.With(service.Admin);
        JsonElement enrolled = await http.PostAsync("/v1/people?another=true", Pictures.Form(("name", "Ada Json"), ("image", Pictures.Dim)))
            .JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        await http.PatchAsync($"/v1/people/{person}", Json(body)).JsonAsync(400);
        JsonElement still = await http.GetAsync($"/v1/people/{person}").JsonAsync();
        Assert.Equal("Ada Json", still.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/v1/people?cursor=")]
    [InlineData("/v1/people?sort=name&cursor=")]
    [InlineData("/v1/strangers?cursor=")]
    [InlineData("/v1/audit?cursor=")]
    [InlineData("/v1/access?cursor=")]
    public async Task Cursor_that_was_never_given_out_is_refused(string route)
    {
        using HttpClient http = service.With(service.Admin);
        foreach (
            string cursor in new[]
            {
                new string('A', 6000),
                "99999999999999999999999999",
                "-1",
                "%00",
                Convert.ToBase64String(Encoding.UTF8.GetBytes("enrolled\n" + new string('0', 32) + "x\nAda")),
            }
        )
            await http.GetAsync(route + Uri.EscapeDataString(cursor)).JsonAsync(400);
    }

    [Fact]
    public async Task Key_is_made_with_what_is_possible_alone()
    {
        using HttpClient http = service.With(service.Admin);
        foreach (
            string body in new[]
            {
                """{"name":"k","roles":["identify"],"requestsPerMinute":0}""",
                """{"name":"k","roles":["identify"],"requestsPerMinute":-5}""",
                """{"name":"k\u001b[2J","roles":["identify"]}""",
                """{"name":"k\u202e","roles":["identify"]}""",
                """{"name":"","roles":["identify"]}""",
                """{"name":"k","roles":[null]}""",
                """{"name":"k","roles":["identify"],"compreFace":99}""",
                """{"name":"k","roles":["identify"],"expiresAt":"2001-01-01T00:00:00Z"}""",
                $$"""{"name":"{{new string('k', 201)}}","roles":["identify"]}""",
            }
        )
            await http.PostAsync("/v1/keys", Json(body)).JsonAsync(400);
        JsonElement listed = await http.GetAsync("/v1/keys").JsonAsync();
        Assert.DoesNotContain("\"k", listed.GetRawText().Replace("\"keys\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_outside_id_enrolled_through_many_connections_at_once_is_one_person()
    {
        using HttpClient http = service.With(service.Admin);
        JsonElement[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    http.PostAsync(
                            "/v1/people",
                            Pictures.Form(
                                ("name", $"Racer {i % 2}"),
                                ("externalId", "race-1"),
                                ("image", i % 2 == 0 ? Pictures.Dim : Pictures.Astronaut)
                            )
                        )
                        .JsonAsync(201)
                )
        );
        Assert.Single(answers.Select(answer => answer.GetProperty("person").GetProperty("id").GetString()).Distinct());
        Assert.Single(answers, answer => answer.GetProperty("isNew").GetBoolean());
        Assert.Equal(2, answers.Sum(answer => answer.GetProperty("accepted").GetArrayLength()));
        JsonElement audit = await http.GetAsync("/v1/audit?verify=true").JsonAsync();
        Assert.True(audit.GetProperty("report").GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Idempotency_key_of_another_request_is_refused_whatever_differs()
    {
        using HttpClient http = service.With(service.Admin);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "once-and-no-more");
        (string, object)[] first = [("name", "Ada Once"), ("tags", "a,b"), ("metadata", """{"team":"engines"}"""), ("image", Pictures.Dim)];
        JsonElement enrolled = await http.PostAsync("/v1/people", Pictures.Form(first)).JsonAsync(201);
        JsonElement again = await http.PostAsync("/v1/people", Pictures.Form(first)).JsonAsync(201);
        Assert.Equal(
            enrolled.GetProperty("person").GetProperty("id").GetString(),
            again.GetProperty("person").GetProperty("id").GetString()
        );
        foreach (
            (string Name, object Value)[] other in new (string, object)[][]
            {
                [("name", "Ada Twice"), .. first[1..]],
                [first[0], ("tags", "a"), .. first[2..]],
                [first[0], first[1], ("metadata", """{"team":"looms"}"""), first[3]],
                [.. first[..3], ("image", Pictures.Astronaut)],
                [.. first, ("face", "largest")],
                [.. first, ("anyQuality", "true")],
            }
        )
        {
            JsonElement problem = await http.PostAsync("/v1/people", Pictures.Form(other)).JsonAsync(422);
            Assert.Equal("idempotency-key", problem.GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Undo_is_done_once_however_many_ask_at_once()
    {
        using HttpClient http = service.With(service.Admin);
        JsonElement enrolled = await http.PostAsync("/v1/people?another=true", Pictures.Form(("name", "Ada Undo"), ("image", Pictures.Dim)))
            .JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        JsonElement changed = await http.PatchAsync($"/v1/people/{person}", Json("""{"name":"Mallory"}""")).JsonAsync();
        string entry = changed.GetProperty("undo").GetRawText();
        int[] statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    using HttpResponseMessage response = await http.PostAsync($"/v1/undo/{entry}", null);
                    return (int)response.StatusCode;
                })
        );
        Assert.Equal([200, 409, 409, 409, 409, 409], statuses.Order());
        foreach (string none in new[] { entry, "0", "-1", "99999999999999999999", "1e3", "%20" })
        {
            using HttpResponseMessage response = await http.PostAsync($"/v1/undo/{none}", null);
            Assert.InRange((int)response.StatusCode, 400, 409);
        }
        Assert.Equal("Ada Undo", (await http.GetAsync($"/v1/people/{person}").JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Person_who_is_erased_while_searches_run_is_named_by_none_that_begins_later_and_by_no_event()
    {
        string key = service.Keys.Create(new("other", KeyRoles.All) { Gallery = "other" }).Text;
        service.KeysAreRead();
        using HttpClient http = service.With(key);
        const string Name = "Ada to be erased";
        JsonElement enrolled = await http.PostAsync("/v1/people", Pictures.Form(("name", Name), ("image", Pictures.Dim))).JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        Task<JsonElement>[] searches =
        [
            .. Enumerable.Range(0, 12).Select(_ => http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync()),
        ];
        await searches[0];
        await http.DeleteAsync($"/v1/people/{person}").JsonAsync();
        JsonElement after = await http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.DoesNotContain(Name, after.GetRawText(), StringComparison.Ordinal);
        await Task.WhenAll(searches);

        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/events");
        request.Headers.Add("Last-Event-ID", "0");
        using HttpResponseMessage events = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync());
        StringBuilder heard = new();
        using CancellationTokenSource patience = new(Patience);
        while (!heard.ToString().Contains("event: removed", StringComparison.Ordinal))
            heard.AppendLine(await lines.ReadLineAsync(patience.Token));
        Assert.Contains("event: identified", heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Name, heard.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_is_revoked_hears_no_further_event()
    {
        NewKey key = service.Keys.Create(new("listener", KeyRoles.Identify) { Gallery = "other" });
        service.KeysAreRead();
        using HttpClient http = service.With(key.Text);
        using HttpResponseMessage events = await http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        using StreamReader lines = new(await events.Content.ReadAsStreamAsync());
        EventHub hub = service.Service.Parts.Events;
        hub.Publish(EventTypes.Updated, "other", "before", null);
        using CancellationTokenSource patience = new(Patience);
        string? line;
        do line = await lines.ReadLineAsync(patience.Token);
        while (line?.Contains("\"before\"", StringComparison.Ordinal) == false);
        Assert.NotNull(line);

        service.Keys.Revoke(key.Key.Id);
        service.KeysAreRead();
        hub.Publish(EventTypes.Updated, "other", "after", null);
        string rest = await lines.ReadToEndAsync(patience.Token);
        Assert.DoesNotContain("after", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_without_a_length_is_bounded_and_its_memory_given_back()
    {
        using HttpClient http = service.With(service.Admin);
        using StreamContent endless = new(new Endless());
        endless.Headers.ContentType = new("image/jpeg");
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/detect") { Content = endless };
        request.Headers.TransferEncodingChunked = true;
        await http.SendAsync(request).JsonAsync(413);
        // What is left of a request is given back after its answer.
        for (int i = 0; i < 100 && service.Service.Budget.Claimed > 0; i++)
            await Task.Delay(50);
        Assert.Equal(0, service.Service.Budget.Claimed);
    }

    private static StringContent Json(string body) => new(body, null, "application/json");

    /// <summary>Bytes without end.</summary>
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill(0xFF);
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
