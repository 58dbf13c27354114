using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

public sealed class HostGuardTests(SharedService shared)
{
    [Theory]
    [InlineData("Host", "rebound.example", 421)]
    [InlineData("Host", "rebound.example:8080", 421)]
    [InlineData("Host", "localhost", 200)]
    [InlineData("Host", "[::1]:8080", 200)]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    public async Task Pages_of_other_sites_do_not_reach_a_service_without_keys(string header, string value, int status)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/people");
        if (header == "Host")
            request.Headers.Host = value;
        else
            request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await shared.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Cross_site_form_enrols_nobody()
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/people")
        {
            Content = Pictures.Form(("name", "Mallory"), ("image", Pictures.Dim)),
        };
        request.Headers.TryAddWithoutValidation("Origin", "http://evil.example");
        await service.Http.SendAsync(request).JsonAsync(403);
        Assert.Equal(0, (await service.Http.GetAsync("/v1/people").JsonAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Own_page_reaches_the_service()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/limits");
        request.Headers.TryAddWithoutValidation("Origin", shared.Service.Address.GetLeftPart(UriPartial.Authority));
        await shared.Http.SendAsync(request).JsonAsync();
    }

    [Fact]
    public async Task Page_has_a_strict_policy_and_answers_carry_security_headers()
    {
        using HttpResponseMessage page = await shared.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(200, (int)page.StatusCode);
        string policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        using HttpResponseMessage api = await shared.Http.GetAsync(new Uri("/v1/limits", UriKind.Relative));
        Assert.Equal("nosniff", Assert.Single(api.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", api.Headers.CacheControl!.ToString());
        Assert.False(api.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Description_lists_the_native_routes_with_examples()
    {
        JsonElement document = await shared.Http.GetAsync("/openapi/v1.json").JsonAsync();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        JsonElement paths = document.GetProperty("paths");
        Assert.True(
            paths
                .GetProperty("/v1/identify")
                .GetProperty("post")
                .GetProperty("requestBody")
                .GetProperty("content")
                .TryGetProperty("multipart/form-data", out _)
        );
        foreach (JsonProperty path in paths.EnumerateObject())
        foreach (JsonProperty operation in path.Value.EnumerateObject())
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
        using HttpResponseMessage reference = await shared.Http.GetAsync(new Uri("/reference", UriKind.Relative));
        string html = await reference.Content.ReadAsStringAsync();
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_count_what_was_done()
    {
        await shared.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        string text = await shared.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        foreach (
            string name in new[]
            {
                "semblance_faces_total",
                "semblance_stage_seconds_bucket",
                "semblance_queue_waiting",
                "http_server_request_duration",
            }
        )
            Assert.Contains(name, text, StringComparison.Ordinal);
    }
}
