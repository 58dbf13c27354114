using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Semblance.Server.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Server.Tests.Hosting;

public sealed class HostileRequestTests(SharedService shared)
{
    private const int Seed = 20261129,
        Sent = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly string[] Paths =
    [
        "/v1/detect",
        "/v1/verify",
        "/v1/identify",
        "/v1/people",
        "/represent",
        "/api/v1/recognition/recognize?limit=0?det_prob_threshold=0.8",
        "/api/v1/recognition/faces?subject=x",
        "/v1/vision/face/recognize",
        "/predict",
        "/v1/settings",
        "/v1/people?limit=2&cursor=AAAA",
    ];

    [Fact]
    public async Task Mutated_requests_leave_the_service_up_and_clean()
    {
        await using RunningService service = await RunningService.StartAsync();
        Random random = new(Seed);
        byte[][] bodies = [Body("image"), Body("img"), Body("file"), "{\"image\":\"AAAA\",\"a\":[[[1]]]}"u8.ToArray()];
        int faults = 0,
            answered = 0;
        using SemaphoreSlim together = new(64);
        Task[] sent =
        [
            .. Enumerable
                .Range(0, Sent)
                .Select(async i =>
                {
                    await together.WaitAsync();
                    try
                    {
                        byte[] request;
                        lock (random)
                            request = SplicedBytes.Of(Template(random, bodies), random);
                        // A client that says that nothing more comes is one that has gone, and gets no answer.
                        string answer = await RawHttp.SendAsync(service.Address, request, Patience, hangs: true);
                        Interlocked.Add(ref answered, answer.Length > 0 ? 1 : 0);
                        if (answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal))
                            Interlocked.Increment(ref faults);
                    }
                    finally
                    {
                        together.Release();
                    }
                }),
        ];
        await Task.WhenAll(sent);
        Assert.Equal(0, faults);
        Assert.InRange(answered, Sent / 3, Sent);
        await service.Http.GetAsync("/healthz").JsonAsync();
        await service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal(0, service.Service.Parts.Work.Queue.Taken);
    }

    [Fact]
    public async Task Mutated_pictures_are_answered_or_refused_and_never_a_fault()
    {
        Random random = new(Seed);
        for (int i = 0; i < 300; i++)
        {
            byte[] picture = [.. random.Next(2) == 0 ? Pictures.Dim : Pictures.Astronaut.AsSpan(0, 20_000)];
            for (int k = random.Next(1, 50); k > 0; k--)
                picture[random.Next(picture.Length)] = (byte)random.Next(256);
            using HttpResponseMessage response = await shared.Http.PostAsync("/v1/detect", Pictures.Form(("image", picture)));
            Assert.Contains((int)response.StatusCode, (int[])[200, 413, 415]);
        }
    }

    [Fact]
    public async Task Thousand_parts_are_refused()
    {
        using MultipartFormDataContent form = [];
        for (int i = 0; i < 1000; i++)
            form.Add(new StringContent("x"), "f" + i);
        JsonElement problem = await shared.Http.PostAsync("/v1/detect", form).JsonAsync(413);
        Assert.Equal("too-many-parts", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Picture_of_too_many_bytes_or_pixels_is_refused()
    {
        JsonElement bytes = await shared.Http.PostAsync("/v1/detect", Pictures.Form(("image", new byte[11 << 20]))).JsonAsync(413);
        Assert.Equal("image-too-large", bytes.GetProperty("code").GetString());
        JsonElement pixels = await shared
            .Http.PostAsync("/v1/detect", Pictures.Form(("image", PngWriter.Write(30_000, 30_000, 1, PngWriter.Gray, [new byte[1 << 20]]))))
            .JsonAsync(413);
        Assert.Equal("image-too-large", pixels.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Request_beyond_the_limit_is_refused_before_it_is_read()
    {
        string answer = await RawHttp.SendAsync(
            shared.Service.Address,
            RawHttp.Request("POST", "/v1/detect", "Content-Type: image/jpeg\r\nContent-Length: 999999999\r\n", []),
            TimeSpan.FromSeconds(20),
            hangs: true
        );
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deep_json_and_huge_headers_are_refused()
    {
        using StringContent deep = new(string.Concat(Enumerable.Repeat("[", 5000)), Encoding.UTF8, "application/json");
        await shared.Http.PostAsync("/v1/detect", deep).JsonAsync(400);
        string answer = await RawHttp.SendAsync(
            shared.Service.Address,
            RawHttp.Request("GET", "/v1/limits", "X: " + new string('y', 100_000) + "\r\n", []),
            TimeSpan.FromSeconds(20),
            hangs: true
        );
        // A connection that is closed while it still sends may lose the answer on its way.
        Assert.Contains(answer.Length == 0 ? "" : answer[..12], (string[])["", "HTTP/1.1 431"]);
        await shared.Http.GetAsync("/v1/limits").JsonAsync(200);
    }

    [Fact]
    public async Task Slow_body_is_cut_off_and_holds_no_worker()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { Queue = 0, Workers = 1 });
        Task<string>[] slow =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(_ =>
                    RawHttp.SendAsync(
                        service.Address,
                        RawHttp.Request("POST", "/v1/detect", "Content-Type: image/jpeg\r\nContent-Length: 1000000\r\n", "abc"u8),
                        TimeSpan.FromSeconds(30),
                        hangs: true
                    )
                ),
        ];
        await Task.Delay(500);
        await service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        string[] answers = await Task.WhenAll(slow);
        Assert.All(answers, answer =>
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer)
        );
        Assert.Equal(0, service.Service.Parts.Work.Queue.Taken);
    }

    [Fact]
    public async Task Body_that_stops_after_much_of_it_has_come_is_cut_off()
    {
        byte[] most = RawHttp.Request("POST", "/v1/detect", "Content-Type: image/jpeg\r\nContent-Length: 9000000\r\n", new byte[8_000_000]);
        string answer = await RawHttp.SendAsync(shared.Service.Address, most, TimeSpan.FromSeconds(30), hangs: true);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/people", "{\"name\":\"\\ud800\",\"image\":\"AAAA\"}")]
    [InlineData("/v1/settings", "{\"\\udfff\":1}")]
    [InlineData("/v1/detect", "{\"image\":[[\"\\ud800x\"]]}")]
    [InlineData("/api/v1/recognition/subjects", "{\"subject\":\"\\ud800\"}")]
    [InlineData("/represent", "{\"img\":\"\\ud800\"}")]
    [InlineData("/v1/vision/face/list", "{\"a\":\"\\ud800\"}")]
    public async Task Text_with_half_a_character_is_refused_as_no_JSON(string route, string json)
    {
        HttpMethod method = route == "/v1/settings" ? HttpMethod.Put : HttpMethod.Post;
        using HttpRequestMessage request = new(method, route) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await shared.Http.SendAsync(request);
        Assert.Equal(400, (int)response.StatusCode);
        using ByteArrayContent bytes = new([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };
        Assert.Equal(400, (int)(await shared.Http.PostAsync("/v1/detect", bytes)).StatusCode);
    }

    [Fact]
    public async Task Crowd_beyond_the_queue_is_told_to_come_back_and_nothing_else_goes_wrong()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { Queue = 2, Workers = 1 });
        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))))
        );
        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[200, 429]));
        Assert.Contains(answers, answer => (int)answer.StatusCode == 200);
        HttpResponseMessage busy = answers.First(answer => (int)answer.StatusCode == 429);
        Assert.True(busy.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(0, service.Service.Parts.Work.Queue.Taken);
    }

    [Fact]
    public async Task Client_that_goes_away_gives_its_place_back()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { Queue = 50, Workers = 1 });
        using CancellationTokenSource impatient = new();
        Task[] sent =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(_ => service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Astronaut)), impatient.Token)),
        ];
        await Task.Delay(300);
        await impatient.CancelAsync();
        await ((Task)Task.WhenAll(sent)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (int i = 0; i < 50 && service.Service.Parts.Work.Queue.Taken > 0; i++)
            await Task.Delay(100);
        Assert.Equal(0, service.Service.Parts.Work.Queue.Taken);
    }

    [Fact]
    public async Task Method_that_is_not_there_and_route_that_is_not_there_are_problems()
    {
        Assert.Equal("not-found", (await shared.Http.GetAsync("/v1/nothing").JsonAsync(404)).GetProperty("code").GetString());
        Assert.Equal("method-not-allowed", (await shared.Http.DeleteAsync("/v1/detect").JsonAsync(405)).GetProperty("code").GetString());
    }

    private static byte[] Body(string name)
    {
        using MultipartFormDataContent form = new("bound");
        form.Add(
            new ByteArrayContent([.. Pictures.Dim.AsSpan(0, 600)]) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
            name,
            "a.jpg"
        );
        form.Add(new StringContent("Ada"), "name");
        return form.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }

    private static byte[] Template(Random random, byte[][] bodies)
    {
        byte[] body = bodies[random.Next(bodies.Length)];
        string type = body[0] == '{' ? "application/json" : "multipart/form-data; boundary=bound";
        string method = random.Next(10) switch
        {
            0 => "GET",
            1 => "PUT",
            2 => "DELETE",
            3 => "PATCH",
            _ => "POST",
        };
        return RawHttp.Request(
            method,
            Paths[random.Next(Paths.Length)],
            $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n",
            body
        );
    }
}
