using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Api;

public sealed class PictureRoutesTests(SharedService shared)
{
    [Theory]
    [InlineData("multipart")]
    [InlineData("raw")]
    [InlineData("octets")]
    [InlineData("base64")]
    [InlineData("data-uri")]
    [InlineData("chunked")]
    public async Task Detect_finds_the_face_however_the_picture_comes(string form)
    {
        string base64 = Convert.ToBase64String(Pictures.Dim);
        HttpContent content = form switch
        {
            "multipart" => Pictures.Form(("image", Pictures.Dim)),
            "raw" => new ByteArrayContent(Pictures.Dim) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
            "octets" => new ByteArrayContent(Pictures.Dim),
            "base64" => JsonContent.Create(new { image = base64 }),
            "data-uri" => JsonContent.Create(new { image = $"data:image/jpeg;base64,{base64}" }),
            _ => new StreamContent(new Unseekable(Pictures.Dim)),
        };
        JsonElement answer = await shared.Http.PostAsync("/v1/detect", content).JsonAsync();
        JsonElement box = Assert.Single(answer.GetProperty("faces").EnumerateArray().ToArray()).GetProperty("box");
        Assert.InRange(box.GetProperty("x").GetDouble(), 100, 114);
        Assert.Equal(300, answer.GetProperty("width").GetInt32());
        Assert.Equal(32, answer.GetProperty("requestId").GetString()!.Length);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://127.0.0.1/a.jpg")]
    [InlineData("../samples/photos/astronaut.png")]
    public async Task Detect_opens_no_path_and_no_address(string text)
    {
        JsonElement problem = await shared.Http.PostAsJsonAsync("/v1/detect", new { image = text }).JsonAsync(400);
        Assert.Equal("bad-request", problem.GetProperty("code").GetString());
        JsonElement form = await shared.Http.PostAsync("/v1/detect", Pictures.Form(("image", text))).JsonAsync(400);
        Assert.Equal("bad-request", form.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Analyze_gives_what_was_asked_for_and_crops()
    {
        JsonElement answer = await shared
            .Http.PostAsync("/v1/analyze?features=quality,age&crops=true", Pictures.Form(("image", Pictures.Astronaut)))
            .JsonAsync();
        JsonElement face = answer.GetProperty("faces")[0];
        Assert.InRange(face.GetProperty("age").GetProperty("years").GetDouble(), 20, 60);
        Assert.False(face.TryGetProperty("gender", out _));
        byte[] png = face.GetProperty("crop").GetBytesFromBase64();
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], png[..4]);
    }

    [Fact]
    public async Task Analyze_names_an_unknown_feature()
    {
        JsonElement problem = await shared
            .Http.PostAsync("/v1/analyze?features=race", Pictures.Form(("image", Pictures.Dim)))
            .JsonAsync(400);
        Assert.Contains("'race' is no feature", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_gives_a_unit_vector()
    {
        JsonElement answer = await shared.Http.PostAsync("/v1/embed", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        double[] vector =
        [
            .. answer.GetProperty("faces")[0].GetProperty("embedding").GetProperty("vector").EnumerateArray().Select(c => c.GetDouble()),
        ];
        Assert.Equal(512, vector.Length);
        Assert.Equal(1, Math.Sqrt(vector.Sum(c => c * c)), 4);
    }

    [Fact]
    public async Task Verify_says_same_of_one_person_and_no_face_of_a_cat()
    {
        JsonElement same = await shared
            .Http.PostAsync("/v1/verify", Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim)))
            .JsonAsync();
        Assert.True(same.GetProperty("match").GetBoolean());
        JsonElement cat = await shared
            .Http.PostAsync("/v1/verify", Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Cat)))
            .JsonAsync(422);
        Assert.Equal("no-face", cat.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Verify_compares_one_picture_with_many_and_goes_on_after_one_that_fails()
    {
        JsonElement answer = await shared
            .Http.PostAsync(
                "/v1/verify",
                Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim), ("b", Pictures.Cat), ("b", Pictures.Astronaut))
            )
            .JsonAsync();
        JsonElement[] results = [.. answer.GetProperty("results").EnumerateArray()];
        Assert.Equal(3, results.Length);
        Assert.True(results[0].GetProperty("match").GetBoolean());
        Assert.Equal("no-face", results[1].GetProperty("error").GetProperty("code").GetString());
        Assert.True(results[2].GetProperty("match").GetBoolean());
    }

    [Theory]
    [InlineData("/v1/verify", 0)]
    [InlineData("/v1/verify?embeddings=true", 512)]
    public async Task Verify_hands_out_vectors_only_where_they_are_asked_for(string route, int components)
    {
        JsonElement one = await shared.Http.PostAsync(route, Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim))).JsonAsync();
        JsonElement several = await shared
            .Http.PostAsync(route, Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim), ("b", Pictures.Astronaut)))
            .JsonAsync();
        foreach (JsonElement result in (JsonElement[])[one, .. several.GetProperty("results").EnumerateArray()])
        foreach (string side in (string[])["a", "b"])
            Assert.Equal(
                components,
                result.GetProperty(side).GetProperty("face").TryGetProperty("embedding", out JsonElement embedding)
                    ? embedding.GetProperty("vector").GetArrayLength()
                    : 0
            );
    }

    [Fact]
    public async Task Verify_refuses_a_rate_that_was_not_measured_with_the_smallest_that_was()
    {
        JsonElement problem = await shared
            .Http.PostAsync("/v1/verify?fmr=1e-12", Pictures.Form(("a", Pictures.Dim), ("b", Pictures.Dim)))
            .JsonAsync(422);
        Assert.Equal("unsupported-rate", problem.GetProperty("code").GetString());
        Assert.InRange(problem.GetProperty("smallestSupported").GetDouble(), 1e-8, 1e-3);
    }

    [Fact]
    public async Task Verify_answers_at_every_rate_that_is_asked_for_with_one_request()
    {
        JsonElement answer = await shared
            .Http.PostAsync("/v1/verify?rates=1e-2,1e-4,1e-12", Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim)))
            .JsonAsync();
        JsonElement[] rates = [.. answer.GetProperty("rates").EnumerateArray()];
        Assert.Equal([1e-2, 1e-4, 1e-12], rates.Select(at => at.GetProperty("falseMatchRate").GetDouble()));
        Assert.Equal(answer.GetProperty("threshold").GetDouble(), rates[1].GetProperty("threshold").GetDouble());
        Assert.True(rates[0].GetProperty("threshold").GetDouble() < rates[1].GetProperty("threshold").GetDouble());
        Assert.Equal("same", rates[0].GetProperty("decision").GetString());
        Assert.Equal("unsupported-rate", rates[2].GetProperty("error").GetProperty("code").GetString());
        Assert.False(rates[2].TryGetProperty("decision", out _));
        JsonElement before = await shared
            .Http.PostAsync("/v1/verify", Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim)))
            .JsonAsync();
        Assert.Equal(
            before.EnumerateObject().Select(member => member.Name),
            answer.EnumerateObject().Select(member => member.Name).Where(name => name != "rates")
        );
    }

    [Theory]
    [InlineData("1e-2,0", "a rate lies between 0 and 1")]
    [InlineData("1e-2,often", "a number is expected")]
    [InlineData("1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1,1e-1", "at most 16")]
    public async Task Verify_names_what_is_wrong_with_a_list_of_rates(string rates, string problem)
    {
        JsonElement told = await shared
            .Http.PostAsync($"/v1/verify?rates={rates}", Pictures.Form(("a", Pictures.Dim), ("b", Pictures.Dim)))
            .JsonAsync(400);
        Assert.Contains(problem, told.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_answers_a_line_each_in_order()
    {
        using HttpResponseMessage response = await shared.Http.PostAsync(
            "/v1/batch/analyze",
            Pictures.Form(("image", Pictures.Dim), ("image", "not a picture"u8.ToArray()), ("image", Pictures.Cat))
        );
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        JsonElement[] lines =
        [
            .. (await response.Content.ReadAsStringAsync())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement),
        ];
        Assert.Equal(3, lines.Length);
        Assert.Equal(1, lines[0].GetProperty("faces").GetArrayLength());
        Assert.Equal("image-format", lines[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, lines[2].GetProperty("faces").GetArrayLength());
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
