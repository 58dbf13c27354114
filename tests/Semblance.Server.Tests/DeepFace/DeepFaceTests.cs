using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.DeepFace;

/// <summary>Requests as DeepFace's users send them to its API.</summary>
public sealed class DeepFaceTests(SharedService shared)
{
    private static string DataUri(byte[] bytes) => "data:image/jpeg;base64," + Convert.ToBase64String(bytes);

    [Fact]
    public async Task Represent_gives_vectors_and_areas_in_whole_pixels()
    {
        JsonElement answer = await shared
            .Http.PostAsJsonAsync("/represent", new { img = DataUri(Pictures.Dim), model_name = "ArcFace" })
            .JsonAsync();
        JsonElement face = Assert.Single(answer.GetProperty("results").EnumerateArray().ToArray());
        Assert.Equal(512, face.GetProperty("embedding").GetArrayLength());
        JsonElement area = face.GetProperty("facial_area");
        foreach (string name in new[] { "x", "y", "w", "h" })
            Assert.True(area.GetProperty(name).TryGetInt32(out _));
        // The left eye is the person's: at the right of the picture.
        Assert.True(area.GetProperty("left_eye")[0].GetInt32() > area.GetProperty("right_eye")[0].GetInt32());
    }

    [Theory]
    [InlineData("cosine")]
    [InlineData("euclidean")]
    [InlineData("euclidean_l2")]
    [InlineData("angular")]
    public async Task Verify_agrees_with_the_distance_and_threshold_it_gives(string metric)
    {
        JsonElement answer = await shared
            .Http.PostAsync(
                "/verify",
                Pictures.Form(
                    ("img1", Pictures.Astronaut),
                    ("img2", Pictures.Dim),
                    ("model_name", "Facenet512"),
                    ("detector_backend", "retinaface"),
                    ("distance_metric", metric),
                    ("align", "true"),
                    ("enforce_detection", "true"),
                    ("anti_spoofing", "False")
                )
            )
            .JsonAsync();
        Assert.True(answer.GetProperty("verified").GetBoolean());
        Assert.True(answer.GetProperty("distance").GetDouble() <= answer.GetProperty("threshold").GetDouble());
        Assert.Equal("Facenet512", answer.GetProperty("model").GetString());
        Assert.Equal("retinaface", answer.GetProperty("detector_backend").GetString());
        Assert.Equal(metric, answer.GetProperty("similarity_metric").GetString());
        Assert.InRange(answer.GetProperty("confidence").GetDouble(), 90, 100);
        Assert.True(answer.GetProperty("facial_areas").TryGetProperty("img2", out _));
        Assert.Equal("mobilefacenet-512", answer.GetProperty("embedder").GetString());
    }

    [Theory]
    [InlineData("age,gender")]
    [InlineData("""["age", "gender"]""")]
    [InlineData("[age, gender]")]
    public async Task Analyze_reads_actions_in_every_form(string actions)
    {
        JsonElement answer = await shared
            .Http.PostAsync("/analyze", Pictures.Form(("img", Pictures.Astronaut), ("actions", actions)))
            .JsonAsync();
        JsonElement face = answer.GetProperty("results")[0];
        Assert.True(face.GetProperty("age").TryGetInt32(out _));
        Assert.Equal("Woman", face.GetProperty("dominant_gender").GetString());
        Assert.Equal(
            100,
            face.GetProperty("gender").GetProperty("Woman").GetDouble() + face.GetProperty("gender").GetProperty("Man").GetDouble(),
            3
        );
        Assert.False(face.TryGetProperty("emotion", out _));
    }

    [Fact]
    public async Task Analyze_leaves_out_race_with_a_warning_and_refuses_it_alone()
    {
        JsonElement all = await shared.Http.PostAsJsonAsync("/analyze", new { img = DataUri(Pictures.Astronaut) }).JsonAsync();
        Assert.Contains("race", all.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(7, all.GetProperty("results")[0].GetProperty("emotion").EnumerateObject().Count());
        Assert.False(all.GetProperty("results")[0].TryGetProperty("race", out _));
        JsonElement alone = await shared
            .Http.PostAsJsonAsync("/analyze", new { img = DataUri(Pictures.Astronaut), actions = new[] { "race" } })
            .JsonAsync(400);
        Assert.Contains("race", alone.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_without_a_face_is_an_error_or_one_face_of_confidence_zero()
    {
        JsonElement refused = await shared.Http.PostAsync("/represent", Pictures.Form(("img", Pictures.Cat))).JsonAsync(400);
        Assert.True(refused.TryGetProperty("exception", out _));
        JsonElement whole = await shared
            .Http.PostAsync("/represent", Pictures.Form(("img", Pictures.Cat), ("enforce_detection", "false")))
            .JsonAsync();
        JsonElement face = Assert.Single(whole.GetProperty("results").EnumerateArray().ToArray());
        Assert.Equal(0, face.GetProperty("face_confidence").GetDouble());
        Assert.Equal(451, face.GetProperty("facial_area").GetProperty("w").GetInt32());
    }

    [Theory]
    [InlineData("/home/user/a.jpg")]
    [InlineData("http://example.org/a.jpg")]
    public async Task Paths_and_addresses_are_refused(string img) =>
        await shared.Http.PostAsJsonAsync("/represent", new { img }).JsonAsync(400);

    [Fact]
    public async Task Registered_face_is_found_by_search()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement registered = await service
            .Http.PostAsync("/register", Pictures.Form(("img", Pictures.Astronaut), ("img_name", "eileen.jpg")))
            .JsonAsync();
        Assert.Equal(1, registered.GetProperty("inserted").GetInt32());
        await service.Http.PostAsJsonAsync("/build/index", new { model_name = "ArcFace" }).JsonAsync();
        JsonElement found = await service.Http.PostAsync("/search", Pictures.Form(("img", Pictures.Dim), ("k", "3"))).JsonAsync();
        JsonElement row = found.GetProperty("results")[0][0];
        Assert.Equal("eileen.jpg", row.GetProperty("img_name").GetString());
        Assert.True(row.GetProperty("distance").GetDouble() <= row.GetProperty("threshold").GetDouble());
        Assert.True(row.GetProperty("target_w").TryGetInt32(out _));
    }

    [Fact]
    public async Task Wrong_token_is_refused_before_the_body_is_looked_at()
    {
        (RunningService service, KeyFile _) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        using HttpClient http = service.With("wrong");
        JsonElement refused = await http.PostAsync("/represent", new StringContent("{")).JsonAsync(401);
        Assert.True(refused.TryGetProperty("message", out _));
    }
}
