using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

/// <summary>A service with limits of its own that are easily reached.</summary>
public sealed class RequestLimitsTests : IAsyncLifetime
{
    private RunningService _service = null!;

    private HttpClient Http => _service.Http;

    public async ValueTask InitializeAsync() =>
        _service = await RunningService.StartAsync(
            (options, _) =>
                options with
                {
                    Limits = new()
                    {
                        Parts = 3,
                        JsonDepth = 4,
                        TextBytes = 40,
                        Faces = 1,
                        PageSize = 2,
                    },
                }
        );

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("/v1/analyze")]
    [InlineData("/v1/embed")]
    [InlineData("/v1/identify")]
    [InlineData("/v1/verify?face=all")]
    public async Task Picture_with_more_faces_than_the_limit_is_refused(string route)
    {
        MultipartFormDataContent form = route.Contains("verify", StringComparison.Ordinal)
            ? Pictures.Form(("a", Pictures.TwoFaces), ("b", Pictures.Dim))
            : Pictures.Form(("image", Pictures.TwoFaces));
        JsonElement problem = await Http.PostAsync(route, form).JsonAsync(422);
        Assert.Equal("too-many-faces", problem.GetProperty("code").GetString());
        Assert.Contains("2 faces were found, 1 ", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_with_more_faces_than_the_limit_is_searched_for_its_faces_and_compared_by_one()
    {
        JsonElement found = await Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.TwoFaces))).JsonAsync();
        Assert.Equal(2, found.GetProperty("faces").GetArrayLength());
        await Http.PostAsync("/v1/verify?face=largest", Pictures.Form(("a", Pictures.TwoFaces), ("b", Pictures.Dim))).JsonAsync();
    }

    [Fact]
    public async Task Batch_goes_on_after_a_picture_with_too_many_faces()
    {
        using HttpResponseMessage response = await Http.PostAsync(
            "/v1/batch/analyze",
            Pictures.Form(("image", Pictures.TwoFaces), ("image", Pictures.Dim))
        );
        string[] lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("too-many-faces", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("error", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart")]
    [InlineData("form")]
    [InlineData("json")]
    public async Task Body_with_more_parts_than_the_limit_is_refused(string kind)
    {
        string base64 = Convert.ToBase64String(Pictures.Dim);
        HttpContent content = kind switch
        {
            "multipart" => Pictures.Form([.. Enumerable.Repeat<(string, object)>(("image", Pictures.Dim), 4)]),
            "form" => new FormUrlEncodedContent([.. Enumerable.Range(0, 4).Select(i => KeyValuePair.Create($"f{i}", "x"))]),
            _ => JsonContent.Create(new { image = Enumerable.Repeat(base64, 4) }),
        };
        JsonElement problem = await Http.PostAsync("/v1/batch/analyze", content).JsonAsync(413);
        Assert.Equal("too-many-parts", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"name":"A","metadata":{"a":{"b":{"c":{"d":1}}}}}""", true)]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":1}}}}}""", false)]
    public async Task Json_nested_deeper_than_the_limit_is_refused(string json, bool whole)
    {
        HttpContent content = whole
            ? new StringContent(json, null, "application/json")
            : Pictures.Form(("name", "A"), ("metadata", json), ("image", Pictures.Dim));
        JsonElement problem = await Http.PostAsync("/v1/people", content).JsonAsync(400);
        Assert.Equal("bad-request", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Text_longer_than_the_limit_is_refused()
    {
        string name = new('a', 41);
        foreach (
            HttpContent content in new HttpContent[]
            {
                Pictures.Form(("name", name), ("image", Pictures.Dim)),
                JsonContent.Create(new { name }),
            }
        )
        {
            JsonElement problem = await Http.PostAsync("/v1/people", content).JsonAsync(413);
            Assert.Equal("text-too-long", problem.GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("/v1/people")]
    [InlineData("/v1/strangers")]
    [InlineData("/v1/audit")]
    [InlineData("/v1/access")]
    public async Task Page_has_at_most_as_many_entries_as_the_limit(string route)
    {
        await Http.GetAsync($"{route}?limit=3").JsonAsync(400);
        await Http.GetAsync($"{route}?limit=2").JsonAsync();
        await Http.GetAsync(route).JsonAsync();
    }

    [Fact]
    public async Task Limits_are_told()
    {
        JsonElement limits = await Http.GetAsync("/v1/limits").JsonAsync();
        Assert.Equal(1, limits.GetProperty("faces").GetInt32());
        Assert.Equal(40, limits.GetProperty("textBytes").GetInt32());
        Assert.Equal(4, limits.GetProperty("jsonDepth").GetInt32());
    }
}
