using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.CompreFace;

/// <summary>Requests as CompreFace's SDKs and the programs that speak its API send them.</summary>
public sealed class CompreFaceTests
{
    private const string Recognition = "/api/v1/recognition";

    [Fact]
    public async Task Subjects_are_made_renamed_merged_and_removed()
    {
        await using RunningService service = await RunningService.StartAsync();
        HttpClient http = service.Http;
        Assert.Equal(
            "Jon Snow",
            (await http.PostAsJsonAsync($"{Recognition}/subjects", new { subject = "Jon Snow", more = 1 }).JsonAsync(201))
                .GetProperty("subject")
                .GetString()
        );
        JsonElement twice = await http.PostAsJsonAsync($"{Recognition}/subjects/", new { subject = "Jon Snow" }).JsonAsync(400);
        Assert.Equal(43, twice.GetProperty("code").GetInt32());
        Assert.True(
            (await http.PutAsJsonAsync($"{Recognition}/subjects/Jon%20Snow", new { subject = "a/b?c%2F" }).JsonAsync())
                .GetProperty("updated")
                .GetBoolean()
        );
        // The .NET SDK sends a bare JSON text.
        Assert.True(
            (await http.PutAsJsonAsync($"{Recognition}/subjects/{Uri.EscapeDataString("a/b?c%2F")}/", "Aegon").JsonAsync())
                .GetProperty("updated")
                .GetBoolean()
        );
        Assert.Equal(26, (await http.PutAsJsonAsync($"{Recognition}/subjects/Aegon", "").JsonAsync(400)).GetProperty("code").GetInt32());
        Assert.Equal(42, (await http.DeleteAsync($"{Recognition}/subjects/Nobody").JsonAsync(404)).GetProperty("code").GetInt32());
        await http.PostAsJsonAsync($"{Recognition}/subjects", new { subject = "Other" }).JsonAsync(201);
        Assert.Equal(["Aegon", "Other"], await SubjectsAsync(http));
        await http.PutAsJsonAsync($"{Recognition}/subjects/Other", new { subject = "Aegon" }).JsonAsync();
        Assert.Equal(["Aegon"], await SubjectsAsync(http));
        Assert.Equal("Aegon", (await http.DeleteAsync($"{Recognition}/subjects/Aegon").JsonAsync()).GetProperty("subject").GetString());
        Assert.Equal(0, (await http.DeleteAsync($"{Recognition}/subjects").JsonAsync()).GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task Faces_are_added_recognised_verified_listed_and_removed()
    {
        await using RunningService service = await RunningService.StartAsync();
        HttpClient http = service.Http;
        // Every separator a question mark; the name ends at the next one.
        JsonElement added = await http.PostAsync(
                $"{Recognition}/faces?subject=Jon?det_prob_threshold=0.8",
                File("file", Pictures.Astronaut)
            )
            .JsonAsync(201);
        Assert.Equal("Jon", added.GetProperty("subject").GetString());
        Guid id = added.GetProperty("image_id").GetGuid();

        JsonElement recognised = await http.PostAsync(
                $"{Recognition}/recognize?limit=0?det_prob_threshold=0.8?prediction_count=1?face_plugins=landmarks,age,gender,detector,undefined?status=True",
                File("file", Pictures.Dim)
            )
            .JsonAsync();
        JsonElement face = Assert.Single(recognised.GetProperty("result").EnumerateArray().ToArray());
        JsonElement subject = face.GetProperty("subjects")[0];
        Assert.Equal("Jon", subject.GetProperty("subject").GetString());
        Assert.InRange(subject.GetProperty("similarity").GetDouble(), 0.9, 1);
        foreach (string side in new[] { "x_min", "y_min", "x_max", "y_max" })
            Assert.True(face.GetProperty("box").GetProperty(side).TryGetInt32(out _));
        Assert.True(face.GetProperty("age").GetProperty("low").TryGetInt32(out _));
        Assert.Equal("female", face.GetProperty("gender").GetProperty("value").GetString());
        Assert.Equal(5, face.GetProperty("landmarks").GetArrayLength());
        Assert.True(face.GetProperty("landmarks")[0][0].TryGetInt32(out _));
        Assert.False(face.TryGetProperty("embedding", out _));
        Assert.True(face.TryGetProperty("execution_time", out _));
        Assert.True(recognised.TryGetProperty("plugins_versions", out _));

        JsonElement plain = await http.PostAsJsonAsync(
                $"{Recognition}/recognize?&limit=0",
                new { file = Convert.ToBase64String(Pictures.Dim) }
            )
            .JsonAsync();
        Assert.False(plain.TryGetProperty("plugins_versions", out _));
        Assert.Equal(["box", "subjects"], plain.GetProperty("result")[0].EnumerateObject().Select(member => member.Name));

        JsonElement verified = await http.PostAsync($"{Recognition}/faces/{id}/verify", File("file", Pictures.Dim)).JsonAsync();
        Assert.InRange(verified.GetProperty("result")[0].GetProperty("similarity").GetDouble(), 0.9, 1);

        JsonElement page = await http.GetAsync($"{Recognition}/faces?page=0&size=0").JsonAsync();
        Assert.Equal(20, page.GetProperty("page_size").GetInt32());
        Assert.Equal(1, page.GetProperty("total_elements").GetInt32());
        Assert.Equal(id, page.GetProperty("faces")[0].GetProperty("image_id").GetGuid());
        JsonElement beyond = await http.GetAsync($"{Recognition}/faces?page=7&size=5").JsonAsync();
        Assert.Equal(0, beyond.GetProperty("total_elements").GetInt32() + beyond.GetProperty("faces").GetArrayLength());
        Assert.Equal(0, (await http.GetAsync($"{Recognition}/faces?subject=Nobody").JsonAsync()).GetProperty("total_pages").GetInt32());

        using (HttpResponseMessage image = await http.GetAsync($"{Recognition}/faces/{id}/img"))
            Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        using (HttpResponseMessage image = await http.GetAsync($"/api/v1/static/anything/images/{id}"))
            Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);

        Assert.Equal(33, (await http.DeleteAsync($"{Recognition}/faces").JsonAsync(400)).GetProperty("code").GetInt32());
        JsonElement many = await http.PostAsJsonAsync($"{Recognition}/faces/delete", new[] { id.ToString(), Guid.Empty.ToString() })
            .JsonAsync();
        Assert.Equal(JsonValueKind.Array, many.ValueKind);
        Assert.Equal(id, Assert.Single(many.EnumerateArray().ToArray()).GetProperty("image_id").GetGuid());
        Assert.Equal(11, (await http.DeleteAsync($"{Recognition}/faces/{id}").JsonAsync(404)).GetProperty("code").GetInt32());
        Assert.Equal(0, (await http.DeleteAsync($"{Recognition}/faces?subject=Jon").JsonAsync()).GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task Stranger_has_no_subjects_unless_the_nearest_are_asked_for()
    {
        await using RunningService service = await RunningService.StartAsync(
            (options, _) => options with { FalsePositiveIdentificationRate = 0.01 }
        );
        HttpClient http = service.Http;
        JsonElement nobody = await http.PostAsync($"{Recognition}/recognize", File("file", Pictures.Dim)).JsonAsync();
        Assert.Equal(0, nobody.GetProperty("result")[0].GetProperty("subjects").GetArrayLength());
        JsonElement nearest = await http.PostAsync($"{Recognition}/recognize?unknown=false", File("file", Pictures.Dim)).JsonAsync();
        Assert.Equal(0, nearest.GetProperty("result")[0].GetProperty("subjects").GetArrayLength());
    }

    [Fact]
    public async Task Errors_have_the_numbers_that_clients_look_for()
    {
        await using RunningService service = await RunningService.StartAsync();
        HttpClient http = service.Http;
        Assert.Equal(28, await CodeAsync(http.PostAsync($"{Recognition}/recognize", File("file", Pictures.Cat)), 400));
        Assert.Equal(28, await CodeAsync(http.PostAsync($"{Recognition}/faces?subject=Cat", File("file", Pictures.Cat)), 400));
        Assert.Equal(33, await CodeAsync(http.PostAsync($"{Recognition}/faces", File("file", Pictures.Dim)), 400));
        Assert.Equal(34, await CodeAsync(http.PostAsync($"{Recognition}/recognize", File("other", Pictures.Dim)), 400));
        Assert.Equal(21, await CodeAsync(http.PostAsync($"{Recognition}/recognize", File("file", "no picture"u8.ToArray())), 400));
        Assert.Equal(11, await CodeAsync(http.PostAsync($"{Recognition}/faces/{Guid.Empty}/verify", File("file", Pictures.Dim)), 404));
        using StringContent noBoundary = new("nothing");
        noBoundary.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data");
        Assert.Equal(26, await CodeAsync(http.PostAsync($"{Recognition}/recognize", noBoundary), 400));
    }

    [Fact]
    public async Task Detection_and_verification_answer_in_their_shapes()
    {
        await using RunningService service = await RunningService.StartAsync();
        HttpClient http = service.Http;
        // A part without a content type, chunked: the bytes decide.
        using MultipartFormDataContent form = [];
        ByteArrayContent part = new(Pictures.Dim);
        form.Add(part, "file", "x");
        JsonElement detected = await http.PostAsync("/api/v1/detection/detect/?face_plugins=calculator%2Cpose", form).JsonAsync();
        JsonElement face = detected.GetProperty("result")[0];
        Assert.Equal(512, face.GetProperty("embedding").GetArrayLength());
        Assert.True(face.GetProperty("pose").TryGetProperty("yaw", out _));

        JsonElement verified = await http.PostAsync(
                "/api/v1/verification/verify?status=true",
                Pictures.Form(("source_image", Pictures.Astronaut), ("target_image", Pictures.Dim))
            )
            .JsonAsync();
        JsonElement result = verified.GetProperty("result")[0];
        Assert.True(result.GetProperty("source_image_face").TryGetProperty("box", out _));
        Assert.InRange(result.GetProperty("face_matches")[0].GetProperty("similarity").GetDouble(), 0.9, 1);
        Assert.True(result.TryGetProperty("plugins_versions", out _));

        float[] vector = [.. face.GetProperty("embedding").EnumerateArray().Select(c => c.GetSingle())];
        JsonElement embeddings = await http.PostAsJsonAsync(
                "/api/v1/verification/embeddings/verify",
                new { source = vector, targets = new[] { vector } }
            )
            .JsonAsync();
        Assert.InRange(embeddings.GetProperty("result")[0].GetProperty("similarity").GetDouble(), 0.99, 1);
        JsonElement none = await http.PostAsJsonAsync($"{Recognition}/embeddings/recognize", new { embeddings = new[] { vector } })
            .JsonAsync();
        Assert.Equal(0, none.GetProperty("result")[0].GetProperty("similarities").GetArrayLength());
        Assert.Equal(
            36,
            await CodeAsync(http.PostAsJsonAsync($"{Recognition}/embeddings/recognize", new { embeddings = new[] { new[] { 1f } } }), 400)
        );
        Assert.Equal(
            37,
            await CodeAsync(http.PostAsJsonAsync($"{Recognition}/embeddings/recognize", new { embeddings = Array.Empty<float[]>() }), 400)
        );
    }

    [Fact]
    public async Task Detection_key_cannot_remove_subjects_and_keys_are_guids()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        string detection = keys.Create(new("d", KeyRoles.Analyse) { CompreFace = CompreFaceService.Detection }).Text,
            recognition =
                keys.Create(
                    new("r", KeyRoles.Analyse | KeyRoles.Identify | KeyRoles.Enrol) { CompreFace = CompreFaceService.Recognition }
                ).Text;
        await Task.Delay(1100);
        Assert.Equal(403, await StatusAsync(service, HttpMethod.Delete, $"{Recognition}/subjects/Jon", detection));
        Assert.Equal(404, await StatusAsync(service, HttpMethod.Delete, $"{Recognition}/subjects/Jon", recognition));
        Assert.Equal(403, await StatusAsync(service, HttpMethod.Post, "/api/v1/detection/detect", recognition));
        Assert.Equal(403, await StatusAsync(service, HttpMethod.Get, "/v1/people", recognition));
        Assert.Equal(20, await CodeAsync(service.Http.GetAsync($"{Recognition}/subjects"), 400));
        Assert.Equal(401, await StatusAsync(service, HttpMethod.Get, $"{Recognition}/subjects", Guid.NewGuid().ToString()));
    }

    [Fact]
    public async Task Consent_comes_by_header_or_setting_or_is_missed()
    {
        await using RunningService service = await RunningService.StartAsync();
        await using Semblance.Gallery.FaceGallery gallery = await NeedingConsentAsync(service);
        await using RunningService consenting = await RunningService.StartAsync(
            (options, _) => options with { Stores = [new("default", gallery.Address)] }
        );
        Assert.Equal(26, await CodeAsync(consenting.Http.PostAsync($"{Recognition}/faces?subject=Jon", File("file", Pictures.Dim)), 400));
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Recognition}/faces?subject=Jon")
        {
            Content = File("file", Pictures.Dim),
        };
        request.Headers.Add("X-Consent", "form 12");
        await consenting.Http.SendAsync(request).JsonAsync(201);
    }

    private static async Task<Semblance.Gallery.FaceGallery> NeedingConsentAsync(RunningService service)
    {
        Semblance.Gallery.GalleryContract contract = service.Service.Parts.Galleries.All[0].Gallery.Settings.Contract;
        string path = Path.Combine(service.Service.Parts.Options.AccessLog!, "consent.db");
        return await Semblance.Gallery.FaceGallery.CreateAsync(
            Semblance.Server.Galleries.GallerySet.Stores,
            $"sqlite:{path}",
            new() { Contract = contract, RequireConsent = true }
        );
    }

    private static MultipartFormDataContent File(string name, byte[] bytes)
    {
        MultipartFormDataContent form = [];
        form.Add(new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } }, name, "photo.jpg");
        return form;
    }

    private static async Task<string[]> SubjectsAsync(HttpClient http) =>
        [
            .. (await http.GetAsync($"{Recognition}/subjects/").JsonAsync())
                .GetProperty("subjects")
                .EnumerateArray()
                .Select(subject => subject.GetString()!),
        ];

    private static async Task<int> CodeAsync(Task<HttpResponseMessage> sent, int status) =>
        (await sent.JsonAsync(status)).GetProperty("code").GetInt32();

    private static async Task<int> StatusAsync(RunningService service, HttpMethod method, string path, string key)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("x-api-key", key);
        using HttpResponseMessage response = await service.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
