using System.Text.Json;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Api;

/// <summary>
/// One service whose embedder compares with strangers, one of whom looks exactly like a picture: alike as it is to another picture of the
/// person, the score is low. Whatever decides on the similarity says yes here, and whatever decides on the score no.
/// </summary>
public sealed class ScoreTests : IAsyncLifetime
{
    private AlteredModels _models = null!;
    private RunningService _service = null!;
    private string _person = "";

    private HttpClient Http => _service.Http;

    public async ValueTask InitializeAsync()
    {
        using (FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().Build())
        {
            ImageAnalysis dim = await analyzer.AnalyzeAsync(
                Imaging.PictureItem.FromBytes("dim", Pictures.Dim),
                FaceFeatures.Embedding,
                TestContext.Current.CancellationToken
            );
            _models = AlteredModels.WithStrangers([dim.Faces![0].Embedding!.Vector.ToArray()]);
        }
        _service = await RunningService.StartAsync(analyzers: _models.Analyzers);
        _person = await _service.EnrolAsync("Ada", Pictures.Astronaut);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _models.Dispose();
    }

    [Theory]
    [InlineData("/v1/verify")]
    [InlineData("/v1/verify/{person}")]
    public async Task Verify_decides_on_the_score(string route)
    {
        JsonElement answer = await Http.PostAsync(
                route.Replace("{person}", _person, StringComparison.Ordinal),
                Pictures.Form(("a", Pictures.Astronaut), ("b", Pictures.Dim), ("image", Pictures.Dim))
            )
            .JsonAsync();
        double threshold = answer.GetProperty("threshold").GetDouble();
        Assert.Equal("different", answer.GetProperty("decision").GetString());
        Assert.True(answer.GetProperty("similarity").GetDouble() > threshold);
        Assert.True(answer.GetProperty("score").GetDouble() < threshold);
        Assert.InRange(answer.GetProperty("probability").GetDouble(), 0, 0.1);
    }

    [Fact]
    public async Task Identify_explains_by_scores()
    {
        JsonElement answer = await Http.PostAsync("/v1/identify?explain=true", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement face = answer.GetProperty("faces")[0],
            search = face.GetProperty("search"),
            candidate = search.GetProperty("candidates")[0];
        Assert.True(face.GetProperty("person").TryGetProperty("unknown", out _));
        Assert.Equal("unknown", search.GetProperty("outcome").GetString());
        Assert.True(candidate.GetProperty("similarity").GetDouble() > search.GetProperty("threshold").GetDouble());
        Assert.True(candidate.GetProperty("score").GetDouble() < search.GetProperty("threshold").GetDouble());
    }

    [Fact]
    public async Task DeepFace_gives_distances_of_the_score()
    {
        JsonElement verified = await Http.PostAsync("/verify", Pictures.Form(("img1", Pictures.Astronaut), ("img2", Pictures.Dim)))
            .JsonAsync();
        Assert.False(verified.GetProperty("verified").GetBoolean());
        Assert.True(verified.GetProperty("distance").GetDouble() > verified.GetProperty("threshold").GetDouble());
        Assert.False(verified.TryGetProperty("cannot_tell", out _));
        JsonElement found = await Http.PostAsync("/search", Pictures.Form(("img", Pictures.Dim))).JsonAsync();
        Assert.Equal(0, found.GetProperty("results")[0].GetArrayLength());
        JsonElement nearest = await Http.PostAsync("/search", Pictures.Form(("img", Pictures.Dim), ("similarity_search", "true")))
            .JsonAsync();
        JsonElement row = nearest.GetProperty("results")[0][0];
        Assert.True(row.GetProperty("distance").GetDouble() > row.GetProperty("threshold").GetDouble());
    }

    [Fact]
    public async Task CompreFace_and_DeepStack_give_the_probability_of_the_score()
    {
        JsonElement nobody = await Http.PostAsync("/api/v1/recognition/recognize", Pictures.Form(("file", Pictures.Dim))).JsonAsync();
        Assert.Equal(0, nobody.GetProperty("result")[0].GetProperty("subjects").GetArrayLength());
        JsonElement verified = await Http.PostAsync(
                "/api/v1/verification/verify",
                Pictures.Form(("source_image", Pictures.Astronaut), ("target_image", Pictures.Dim))
            )
            .JsonAsync();
        JsonElement match = verified.GetProperty("result")[0].GetProperty("face_matches")[0];
        Assert.InRange(match.GetProperty("similarity").GetDouble(), 0, 0.1);
        JsonElement matched = await Http.PostAsync(
                "/v1/vision/face/match",
                Pictures.Form(("image1", Pictures.Astronaut), ("image2", Pictures.Dim))
            )
            .JsonAsync();
        Assert.InRange(matched.GetProperty("similarity").GetDouble(), 0, 0.1);
    }
}
