using System.Text.Json;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.DeepStack;

/// <summary>Requests as DeepStack's and CodeProject.AI's clients send them.</summary>
public sealed class DeepStackTests
{
    private const string Face = "/v1/vision/face";

    [Fact]
    public async Task Faces_are_registered_recognised_listed_and_deleted()
    {
        await using RunningService service = await RunningService.StartAsync();
        HttpClient http = service.Http;
        JsonElement detected = await http.PostAsync(Face + "/", Pictures.Form(("image", Pictures.Dim), ("min_confidence", "0.4")))
            .JsonAsync();
        Assert.True(detected.GetProperty("success").GetBoolean());
        Assert.True(detected.GetProperty("predictions")[0].GetProperty("x_min").TryGetInt32(out _));
        Assert.False(detected.GetProperty("predictions")[0].TryGetProperty("userid", out _));

        JsonElement stranger = await http.PostAsync(Face + "/recognize", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal("unknown", stranger.GetProperty("predictions")[0].GetProperty("userid").GetString());
        Assert.Equal(0, stranger.GetProperty("predictions")[0].GetProperty("confidence").GetDouble());

        Assert.Equal(
            "face added",
            await MessageAsync(http, ("userid", "Eileen"), ("image1", Pictures.Astronaut), ("min_confidence", "0.4"))
        );
        Assert.Equal("face updated", await MessageAsync(http, ("imageqxz", Pictures.Dim), ("userId", "Eileen")));
        JsonElement known = await http.PostAsync(Face + "/recognize/", Pictures.Form(("imageabc", Pictures.Dim))).JsonAsync();
        Assert.Equal("Eileen", known.GetProperty("predictions")[0].GetProperty("userid").GetString());

        using ByteArrayContent empty = new([]);
        JsonElement listed = await http.PostAsync(Face + "/list", empty).JsonAsync();
        Assert.Equal("Eileen", Assert.Single(listed.GetProperty("faces").EnumerateArray().ToArray()).GetString());
        Assert.Equal(1, (await http.GetAsync("/v1/people").JsonAsync()).GetProperty("people")[0].GetProperty("referenceCount").GetInt32());
        using FormUrlEncodedContent form = new([new("userid", "Eileen")]);
        Assert.True((await http.PostAsync(Face + "/delete", form).JsonAsync()).GetProperty("success").GetBoolean());
        using FormUrlEncodedContent again = new([new("userId", "Eileen")]);
        Assert.True((await http.PostAsync(Face + "/delete", again).JsonAsync()).GetProperty("success").GetBoolean());
        Assert.Equal(0, (await http.PostAsync(Face + "/list/", null).JsonAsync()).GetProperty("faces").GetArrayLength());
    }

    [Fact]
    public async Task Match_compares_two_pictures()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement match = await service
            .Http.PostAsync(Face + "/match", Pictures.Form(("image1", Pictures.Astronaut), ("image2", Pictures.Dim)))
            .JsonAsync();
        Assert.InRange(match.GetProperty("similarity").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Errors_have_their_words()
    {
        await using RunningService service = await RunningService.StartAsync();
        JsonElement broken = await service.Http.PostAsync(Face, Pictures.Form(("image", "nothing"u8.ToArray()))).JsonAsync(400);
        Assert.Equal("invalid image", broken.GetProperty("error").GetString());
        Assert.False(broken.GetProperty("success").GetBoolean());
        JsonElement cat = await service
            .Http.PostAsync(Face + "/register", Pictures.Form(("userid", "Cat"), ("image", Pictures.Cat)))
            .JsonAsync(400);
        Assert.Equal("no face detected", cat.GetProperty("error").GetString());
        JsonElement nobody = await service.Http.PostAsync(Face, Pictures.Form(("image", Pictures.Cat))).JsonAsync();
        Assert.Equal(0, nobody.GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Key_may_come_after_the_file()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        string key = keys.Create(new("camera", KeyRoles.Analyse)).Text;
        await Task.Delay(1100);
        using MultipartFormDataContent form = [];
        ByteArrayContent image = new(Pictures.Dim);
        image.Headers.ContentType = null;
        form.Add(image, "image", "snapshot");
        form.Add(new StringContent(key), "api_key");
        Assert.Equal(1, (await service.Http.PostAsync(Face, form).JsonAsync()).GetProperty("predictions").GetArrayLength());
        JsonElement wrong = await service.Http.PostAsync(Face, Pictures.Form(("image", Pictures.Dim), ("api_key", "wrong"))).JsonAsync(401);
        Assert.Equal("Incorrect api key", wrong.GetProperty("error").GetString());
        await service
            .Http.PostAsync(Face + "/register", Pictures.Form(("image", Pictures.Dim), ("userid", "x"), ("api_key", key)))
            .JsonAsync(403);
    }

    private static async Task<string?> MessageAsync(HttpClient http, params (string, object)[] fields) =>
        (await http.PostAsync(Face + "/register", Pictures.Form(fields)).JsonAsync()).GetProperty("message").GetString();
}
