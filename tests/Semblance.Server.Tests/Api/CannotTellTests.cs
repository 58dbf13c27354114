using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Api;

/// <summary>One service at which no face is good enough for any rate, with one person enrolled.</summary>
public sealed class CannotTellTests : IAsyncLifetime
{
    private readonly AlteredModels _models = AlteredModels.WithoutAnyGoodFace();
    private RunningService _service = null!;
    private string _person = "";

    private HttpClient Http => _service.Http;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(analyzers: _models.Analyzers);
        _person = await _service.EnrolAsync("Ada", Pictures.Astronaut);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _models.Dispose();
    }

    [Fact]
    public async Task Verify_of_a_person_says_that_nothing_can_be_told_and_why()
    {
        JsonElement answer = await Http.PostAsync($"/v1/verify/{_person}", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.False(answer.GetProperty("match").GetBoolean());
        Assert.Equal("cannot-tell", answer.GetProperty("decision").GetString());
        string reason = answer.GetProperty("cannotTell").GetProperty("reasons")[0].GetString()!;
        Assert.Contains("1000.00 needed", reason, StringComparison.Ordinal);
        Assert.True(answer.GetProperty("score").GetDouble() > answer.GetProperty("threshold").GetDouble());
    }

    [Fact]
    public async Task Identify_says_that_nothing_can_be_told_and_an_event_says_it_too()
    {
        JsonElement answer = await Http.PostAsync("/v1/identify?explain=true", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement face = answer.GetProperty("faces")[0];
        Assert.Contains("1000.00 needed", face.GetProperty("person").GetProperty("cannotTell").GetString(), StringComparison.Ordinal);
        Assert.False(face.GetProperty("person").TryGetProperty("unknown", out _));
        JsonElement search = face.GetProperty("search");
        Assert.Equal("cannot-tell", search.GetProperty("outcome").GetString());
        Assert.False(search.TryGetProperty("threshold", out _));
        Assert.InRange(search.GetProperty("candidates")[0].GetProperty("score").GetDouble(), 0.5, 1);
        Assert.Equal("cannot-tell", await EventOfAsync(answer.GetProperty("requestId").GetString()!));
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("euclidean_l2")]
    [InlineData("angular")]
    public async Task DeepFace_verifies_nothing_however_a_client_compares(string metric)
    {
        JsonElement answer = await Http.PostAsync(
                "/verify",
                Pictures.Form(("img1", Pictures.Astronaut), ("img2", Pictures.Dim), ("distance_metric", metric))
            )
            .JsonAsync();
        Assert.False(answer.GetProperty("verified").GetBoolean());
        Assert.True(answer.GetProperty("distance").GetDouble() > answer.GetProperty("threshold").GetDouble());
        Assert.Equal(0, answer.GetProperty("confidence").GetDouble());
        Assert.Contains("1000.00 needed", answer.GetProperty("cannot_tell")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeepFace_finds_nobody_and_the_nearest_beyond_its_threshold()
    {
        JsonElement found = await Http.PostAsync("/search", Pictures.Form(("img", Pictures.Dim))).JsonAsync();
        Assert.Equal(0, found.GetProperty("results")[0].GetArrayLength());
        JsonElement nearest = await Http.PostAsync("/search", Pictures.Form(("img", Pictures.Dim), ("similarity_search", "true")))
            .JsonAsync();
        JsonElement row = nearest.GetProperty("results")[0][0];
        Assert.True(row.GetProperty("distance").GetDouble() > row.GetProperty("threshold").GetDouble());
        Assert.Equal(0, row.GetProperty("confidence").GetDouble());
    }

    [Fact]
    public async Task CompreFace_names_nobody_and_gives_no_similarity()
    {
        const string Recognition = "/api/v1/recognition";
        JsonElement nobody = await Http.PostAsync($"{Recognition}/recognize", Pictures.Form(("file", Pictures.Dim))).JsonAsync();
        Assert.Equal(0, nobody.GetProperty("result")[0].GetProperty("subjects").GetArrayLength());
        JsonElement nearest = await Http.PostAsync($"{Recognition}/recognize?unknown=false", Pictures.Form(("file", Pictures.Dim)))
            .JsonAsync();
        JsonElement subject = nearest.GetProperty("result")[0].GetProperty("subjects")[0];
        Assert.Equal(("Ada", 0), (subject.GetProperty("subject").GetString(), subject.GetProperty("similarity").GetDouble()));
        JsonElement verified = await Http.PostAsync(
                "/api/v1/verification/verify",
                Pictures.Form(("source_image", Pictures.Astronaut), ("target_image", Pictures.Dim))
            )
            .JsonAsync();
        Assert.Equal(0, verified.GetProperty("result")[0].GetProperty("face_matches")[0].GetProperty("similarity").GetDouble());
    }

    [Fact]
    public async Task CompreFace_takes_a_vector_without_quality_for_that_of_a_good_picture()
    {
        JsonElement embedded = await Http.PostAsync("/v1/embed", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement vector = embedded.GetProperty("faces")[0].GetProperty("embedding").GetProperty("vector");
        using StringContent body = new($"{{\"embeddings\":[{vector.GetRawText()}]}}", null, "application/json");
        JsonElement found = await Http.PostAsync("/api/v1/recognition/embeddings/recognize", body).JsonAsync();
        JsonElement similar = found.GetProperty("result")[0].GetProperty("similarities")[0];
        Assert.Equal("Ada", similar.GetProperty("subject").GetString());
        Assert.InRange(similar.GetProperty("similarity").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task DeepStack_knows_nobody_and_gives_no_similarity()
    {
        JsonElement found = await Http.PostAsync("/v1/vision/face/recognize", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement face = found.GetProperty("predictions")[0];
        Assert.Equal(("unknown", 0), (face.GetProperty("userid").GetString(), face.GetProperty("confidence").GetDouble()));
        JsonElement match = await Http.PostAsync(
                "/v1/vision/face/match",
                Pictures.Form(("image1", Pictures.Astronaut), ("image2", Pictures.Dim))
            )
            .JsonAsync();
        Assert.Equal(0, match.GetProperty("similarity").GetDouble());
    }

    /// <summary>The type of a request's event, among those that are remembered.</summary>
    private async Task<string?> EventOfAsync(string request)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        using HttpRequestMessage message = new(HttpMethod.Get, "/v1/events");
        message.Headers.Add("Last-Event-ID", "0");
        using HttpResponseMessage response = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using JsonDocument told = JsonDocument.Parse(line["data: ".Length..]);
                if (told.RootElement.GetProperty("requestId").GetString() == request)
                    return told.RootElement.GetProperty("type").GetString();
            }
        return null;
    }
}
