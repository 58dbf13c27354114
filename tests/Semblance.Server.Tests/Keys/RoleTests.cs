using Microsoft.AspNetCore.Routing;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Keys;

public sealed class RoleTests
{
    private const string Any = "analyse identify enrol admin",
        Id = "0199f000-0000-7000-8000-000000000000";

    /// <summary>Every route with the roles of which one is enough; a route that is missing here fails the test.</summary>
    internal static readonly Dictionary<string, string> Expected = new()
    {
        ["POST /v1/detect"] = "analyse",
        ["POST /v1/analyze"] = "analyse",
        ["POST /v1/embed"] = "analyse",
        ["POST /v1/verify"] = "analyse",
        ["POST /v1/batch/analyze"] = "analyse",
        ["POST /v1/identify"] = "identify",
        ["POST /v1/verify/{personId}"] = "identify",
        ["POST /v1/batch/identify"] = "identify",
        ["GET /v1/events"] = "identify",
        ["GET /v1/people"] = "identify enrol",
        ["GET /v1/people/{id}"] = "identify enrol",
        ["GET /v1/people/{id}/cover"] = "identify enrol",
        ["GET /v1/people/{id}/faces/{faceId}/crop"] = "identify enrol",
        ["POST /v1/people"] = "enrol",
        ["PATCH /v1/people/{id}"] = "enrol",
        ["DELETE /v1/people/{id}"] = "enrol",
        ["POST /v1/people/{id}/faces"] = "enrol",
        ["PATCH /v1/people/{id}/faces/{faceId}"] = "enrol",
        ["DELETE /v1/people/{id}/faces/{faceId}"] = "enrol",
        ["POST /v1/people/{id}/faces/{faceId}/move"] = "enrol",
        ["POST /v1/people/{id}/merge"] = "enrol",
        ["PUT /v1/people/{id}/cover"] = "enrol",
        ["GET /v1/check"] = "enrol",
        ["POST /v1/check/{finding}/dismiss"] = "enrol",
        ["POST /v1/undo/{entry}"] = "enrol",
        ["GET /v1/strangers"] = "enrol",
        ["GET /v1/strangers/{id}/cover"] = "enrol",
        ["POST /v1/strangers/{id}/name"] = "enrol",
        ["POST /v1/strangers/{id}/add"] = "enrol",
        ["POST /v1/strangers/{id}/ignore"] = "enrol",
        ["DELETE /v1/strangers/{id}"] = "enrol",
        ["DELETE /v1/people"] = "admin",
        ["GET /v1/people/{id}/history"] = "admin",
        ["GET /v1/people/{id}/export"] = "admin",
        ["GET /v1/audit"] = "admin",
        ["GET /v1/access"] = "admin",
        ["GET /v1/keys"] = "admin",
        ["POST /v1/keys"] = "admin",
        ["DELETE /v1/keys/{id}"] = "admin",
        ["PUT /v1/settings"] = "admin",
        ["GET /v1/settings"] = Any,
        ["GET /v1/models"] = Any,
        ["GET /v1/limits"] = Any,
        ["GET /v1/galleries"] = Any,
        ["POST /represent"] = "analyse",
        ["POST /verify"] = "analyse",
        ["POST /analyze"] = "analyse",
        ["POST /register"] = "enrol",
        ["POST /search"] = "identify",
        ["POST /build/index"] = "enrol",
        ["POST /v1/vision/face"] = "analyse",
        ["POST /v1/vision/face/match"] = "analyse",
        ["POST /v1/vision/face/recognize"] = "identify",
        ["POST /v1/vision/face/register"] = "enrol",
        ["POST /v1/vision/face/list"] = "identify enrol",
        ["POST /v1/vision/face/delete"] = "enrol",
        ["GET /api/v1/recognition/subjects"] = "identify enrol",
        ["POST /api/v1/recognition/subjects"] = "enrol",
        ["DELETE /api/v1/recognition/subjects"] = "admin",
        ["PUT /api/v1/recognition/subjects/{subject}"] = "enrol",
        ["DELETE /api/v1/recognition/subjects/{subject}"] = "enrol",
        ["GET /api/v1/recognition/faces"] = "identify enrol",
        ["POST /api/v1/recognition/faces"] = "enrol",
        ["DELETE /api/v1/recognition/faces"] = "enrol",
        ["DELETE /api/v1/recognition/faces/{id}"] = "enrol",
        ["POST /api/v1/recognition/faces/delete"] = "enrol",
        ["GET /api/v1/recognition/faces/{id}/img"] = "identify enrol",
        ["POST /api/v1/recognition/faces/{id}/verify"] = "identify",
        ["POST /api/v1/recognition/recognize"] = "identify",
        ["POST /api/v1/recognition/embeddings/recognize"] = "identify",
        ["POST /api/v1/recognition/embeddings/faces/{id}/verify"] = "identify",
        ["POST /api/v1/detection/detect"] = "analyse",
        ["POST /api/v1/verification/verify"] = "analyse",
        ["POST /api/v1/verification/embeddings/verify"] = "analyse",
        ["GET /api/v1/static/{key}/images/{id}"] = "identify enrol",
    };

    private static readonly HashSet<string> Open = ["/healthz", "/readyz", "/ping", "/predict"];

    [Fact]
    public async Task Every_route_takes_every_role_that_it_should_and_no_other()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        Dictionary<string, string> texts = RoleNames.All.ToDictionary(
            role => role,
            role => keys.Create(new(role, RoleNames.Parse([role]))).Text
        );
        await Task.Delay(1100);
        List<string> wrong = [];
        foreach ((string method, string template) in Routes(service))
        {
            string route = $"{method} {template}";
            if (!Expected.TryGetValue(route, out string? roles))
            {
                wrong.Add($"{route} is not in the table");
                continue;
            }
            // CompreFace's clients learn of a missing header by 400.
            int without =
                template.StartsWith("/api/v1", StringComparison.Ordinal) && !template.Contains("{key}", StringComparison.Ordinal)
                    ? 400
                    : 401;
            int status = await StatusAsync(service, method, template, null);
            if (status != without)
                wrong.Add($"{route} without a key: {status}");
            int unknown = await StatusAsync(service, method, template, "smb_000000000000_" + new string('A', 43));
            if (unknown != 401)
                wrong.Add($"{route} with an unknown key: {unknown}");
            foreach ((string role, string text) in texts)
            {
                int answered = await StatusAsync(service, method, template, text);
                if ((answered is 401 or 403) == roles.Split(' ').Contains(role))
                    wrong.Add($"{route} as {role}: {answered}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Key_of_one_gallery_never_sees_another()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        string mine = keys.Create(new("mine", KeyRoles.All) { Gallery = "default" }).Text,
            theirs = keys.Create(new("theirs", KeyRoles.All) { Gallery = "other" }).Text;
        await Task.Delay(1100);
        using HttpClient http = service.With(mine),
            other = service.With(theirs);
        await http.PostAsync("/v1/people", Pictures.Form(("name", "Ada"), ("image", Pictures.Dim))).JsonAsync(201);
        Assert.Equal(0, (await other.GetAsync("/v1/people").JsonAsync()).GetProperty("people").GetArrayLength());
        Assert.Equal(0, (await other.GetAsync("/api/v1/recognition/subjects").JsonAsync()).GetProperty("subjects").GetArrayLength());
        List<string> wrong = [];
        foreach ((string method, string template) in Routes(service))
            if (
                Expected[$"{method} {template}"] != Any
                && !template.StartsWith("/v1/keys", StringComparison.Ordinal)
                && template != "/v1/settings"
                && await StatusAsync(service, method, template + "?gallery=default", theirs) is not 403 and var status
            )
                wrong.Add($"{method} {template}: {status}");
        Assert.Empty(wrong);
        Assert.Equal(
            "other",
            (await other.GetAsync("/v1/galleries").JsonAsync()).GetProperty("galleries")[0].GetProperty("name").GetString()
        );
    }

    [Fact]
    public async Task Revoked_and_rotated_keys_are_refused_within_a_second()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        NewKey key = keys.Create(new("door", KeyRoles.Identify));
        await Task.Delay(1100);
        Assert.Equal(200, await StatusAsync(service, "GET", "/v1/people", key.Text));
        NewKey rotated = keys.Rotate(key.Key.Id);
        await Task.Delay(1100);
        Assert.Equal(401, await StatusAsync(service, "GET", "/v1/people", key.Text));
        Assert.Equal(200, await StatusAsync(service, "GET", "/v1/people", rotated.Text));
        keys.Revoke(key.Key.Id);
        await Task.Delay(1100);
        Assert.Equal(401, await StatusAsync(service, "GET", "/v1/people", rotated.Text));
    }

    [Fact]
    public async Task Key_that_asks_too_often_is_told_when_to_come_back()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        string text = keys.Create(new("door", KeyRoles.Identify) { RequestsPerMinute = 60 }).Text;
        await Task.Delay(1100);
        using HttpClient http = service.With(text);
        List<HttpResponseMessage> answers = [];
        for (int i = 0; i < 30; i++)
            answers.Add(await http.GetAsync("/v1/limits"));
        HttpResponseMessage refused = answers.First(answer => (int)answer.StatusCode == 429);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
    }

    private static IEnumerable<(string Method, string Template)> Routes(RunningService service) =>
        from endpoint in service.Service.Endpoints
        let template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where endpoint.Metadata.GetMetadata<RequiredRoles>() is not null
        where !Open.Contains(template)
        where !template.StartsWith("/openapi", StringComparison.Ordinal) && !template.StartsWith("/reference", StringComparison.Ordinal)
        where template != "/metrics"
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, template);

    private static async Task<int> StatusAsync(RunningService service, string method, string template, string? key)
    {
        string path = template
            .Replace("{key}", key ?? "none", StringComparison.Ordinal)
            .Replace("{subject}", "nobody", StringComparison.Ordinal)
            .Replace("{finding}", "none", StringComparison.Ordinal);
        foreach (string name in new[] { "{id}", "{faceId}", "{personId}" })
            path = path.Replace(name, Id, StringComparison.Ordinal);
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(service.Address, path));
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        using HttpResponseMessage response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }
}
