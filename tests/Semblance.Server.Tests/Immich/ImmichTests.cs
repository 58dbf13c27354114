using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Immich;

/// <summary>Requests as Immich's server sends them to its machine learning.</summary>
public sealed class ImmichTests(SharedService shared)
{
    private const string Entries =
        """{"facial-recognition":{"detection":{"modelName":"buffalo_l","type":"detection","options":{"minScore":0.7}},"recognition":{"modelName":"buffalo_l"}}}""";

    [Fact]
    public async Task Ping_answers_pong() => Assert.Equal("pong", await shared.Http.GetStringAsync(new Uri("/ping", UriKind.Relative)));

    [Fact]
    public async Task Predict_gives_vectors_as_text_and_the_pictures_size()
    {
        JsonElement answer = await shared
            .Http.PostAsync("/predict", Pictures.Form(("entries", Entries), ("image", Pictures.Dim)))
            .JsonAsync();
        Assert.Equal(300, answer.GetProperty("imageHeight").GetInt32());
        JsonElement face = Assert.Single(answer.GetProperty("facial-recognition").EnumerateArray().ToArray());
        float[] vector = JsonSerializer.Deserialize<float[]>(face.GetProperty("embedding").GetString()!)!;
        Assert.Equal(512, vector.Length);
        Assert.Equal(1, vector.Sum(c => (double)c * c), 3);
        Assert.True(
            face.GetProperty("boundingBox").GetProperty("x2").GetDouble() > face.GetProperty("boundingBox").GetProperty("x1").GetDouble()
        );
    }

    [Fact]
    public async Task Predict_refuses_what_is_malformed_and_what_has_no_image()
    {
        await shared.Http.PostAsync("/predict", Pictures.Form(("image", Pictures.Dim))).JsonAsync(422);
        await shared.Http.PostAsync("/predict", Pictures.Form(("entries", "{"), ("image", Pictures.Dim))).JsonAsync(422);
        await shared.Http.PostAsync("/predict", Pictures.Form(("entries", """{"clip":{}}"""), ("image", Pictures.Dim))).JsonAsync(422);
        await shared.Http.PostAsync("/predict", Pictures.Form(("entries", Entries))).JsonAsync(400);
    }

    [Fact]
    public async Task Predict_is_off_where_the_service_can_be_reached_by_others_unless_a_network_is_named()
    {
        await using RunningService open = await RunningService.StartAsync(
            (options, _) => options with { Listen = ["0.0.0.0:0"], Keyless = KeylessService.Anywhere }
        );
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{open.Address.Port}") };
        await http.PostAsync("/predict", Pictures.Form(("entries", Entries), ("image", Pictures.Dim))).JsonAsync(403);
        await using RunningService named = await RunningService.StartAsync(
            (options, _) => options with { Listen = ["0.0.0.0:0"], Keyless = KeylessService.Anywhere, ImmichNetworks = ["127.0.0.0/8"] }
        );
        using HttpClient other = new() { BaseAddress = new Uri($"http://127.0.0.1:{named.Address.Port}") };
        await other.PostAsync("/predict", Pictures.Form(("entries", Entries), ("image", Pictures.Dim))).JsonAsync(200);
    }
}
