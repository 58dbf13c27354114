using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Semblance.Server.Api;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

/// <summary>Every route of the API's description, so that none that is added later can be forgotten.</summary>
public sealed class EveryRouteTests(MemoryService service) : IClassFixture<MemoryService>
{
    private const string Nobody = "0199f000-0000-7000-8000-000000000000";

    private static readonly Dictionary<string, string> NobodysValues = new()
    {
        ["id"] = Nobody,
        ["faceId"] = Nobody,
        ["personId"] = Nobody,
        ["finding"] = "none",
        ["entry"] = "999999",
    };

    [Fact]
    public async Task Description_has_every_native_route_with_the_roles_that_it_checks()
    {
        using HttpClient http = service.With(null);
        IReadOnlyList<DescribedRoute> described = await DescribedRoute.ReadAsync(http);
        string[] mapped =
        [
            .. from endpoint in service.Service.Endpoints
            where endpoint.Metadata.GetMetadata<RouteDoc>() is not null
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText}",
        ];
        Assert.NotEmpty(mapped);
        Assert.Equal(mapped.Order(), described.Select(route => route.ToString()).Order());
        Assert.All(described, route => Assert.Equal(RoleTests.Expected[route.ToString()].Split(' '), route.Roles));
    }

    [Fact]
    public async Task Every_route_answers_its_roles_and_refuses_all_others_in_the_form_of_a_problem()
    {
        Dictionary<string, string?> keys = RoleNames.All.ToDictionary(
            role => role,
            role => (string?)service.Keys.Create(new(role, RoleNames.Parse([role]))).Text
        );
        keys["no key"] = null;
        keys["an unknown key"] = "smb_000000000000_" + new string('A', 43);
        service.KeysAreRead();
        List<string> wrong = [];
        using HttpClient open = service.With(null);
        foreach (DescribedRoute route in await DescribedRoute.ReadAsync(open))
        foreach ((string name, string? key) in keys)
        {
            using HttpClient http = service.With(key);
            using HttpRequestMessage request = new(new(route.Method), route.PathWith(NobodysValues));
            // Events never end.
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            int status = (int)response.StatusCode;
            string asked = $"{route} with {name}: {status}";
            bool expected =
                name.Contains(' ', StringComparison.Ordinal) ? status == 401
                : route.Roles.Contains(name) ? status is not (401 or 403) and < 500
                : status == 403;
            if (!expected)
                wrong.Add(asked);
            wrong.AddRange(MissingHeaders(response).Select(header => $"{asked}: {header}"));
            if (status >= 400)
                wrong.AddRange((await ProblemsOfProblemAsync(response)).Select(problem => $"{asked}: {problem}"));
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Key_of_one_gallery_reaches_nothing_of_another_by_any_route()
    {
        string mine = service.Keys.Create(new("mine", KeyRoles.All) { Gallery = "default" }).Text,
            theirs = service.Keys.Create(new("theirs", KeyRoles.All) { Gallery = "other" }).Text;
        service.KeysAreRead();
        using HttpClient owner = service.With(mine),
            stranger = service.With(theirs);
        const string Name = "Ada of the first gallery";
        JsonElement enrolled = await owner.PostAsync("/v1/people", Pictures.Form(("name", Name), ("image", Pictures.Dim))).JsonAsync(201);
        string person = enrolled.GetProperty("person").GetProperty("id").GetString()!,
            face = enrolled.GetProperty("accepted")[0].GetProperty("id").GetString()!;
        JsonElement changed = await owner
            .PatchAsync($"/v1/people/{person}", new StringContent("""{"tags":["first"]}""", null, "application/json"))
            .JsonAsync();
        Dictionary<string, string> values = new()
        {
            ["id"] = person,
            ["personId"] = person,
            ["faceId"] = face,
            ["finding"] = "none",
            ["entry"] = changed.GetProperty("undo").GetRawText(),
        };
        List<string> wrong = [];
        foreach (DescribedRoute route in await DescribedRoute.ReadAsync(stranger))
        {
            if (route.TakesGallery && await AskAsync(stranger, route, values, "?gallery=default") is not (403, _) and var (named, _))
                wrong.Add($"{route} with the other's gallery: {named}");
            (int status, string answer) = await AskAsync(stranger, route, values, "");
            if (answer.Contains(Name, StringComparison.Ordinal) || (status < 400 && answer.Contains(person, StringComparison.Ordinal)))
                wrong.Add($"{route}: {status} {answer}");
            if (status < 400 && route.Template.Contains('{', StringComparison.Ordinal))
                wrong.Add($"{route} by an id of the other's: {status}");
        }
        Assert.Empty(wrong);
        JsonElement still = await owner.GetAsync($"/v1/people/{person}").JsonAsync();
        Assert.Equal((Name, 1), (still.GetProperty("name").GetString(), still.GetProperty("references").GetArrayLength()));
    }

    [Fact]
    public async Task Settings_which_hold_for_all_galleries_are_not_changed_by_the_key_of_one()
    {
        string bound = service.Keys.Create(new("bound", KeyRoles.All) { Gallery = "other" }).Text;
        service.KeysAreRead();
        using HttpClient http = service.With(bound);
        using StringContent content = new("""{"falseMatchRate":0.01}""", null, "application/json");
        JsonElement problem = await http.PutAsync("/v1/settings", content).JsonAsync(403);
        Assert.Contains("all galleries", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/reference", 302)]
    [InlineData("GET", "/reference/", 200)]
    [InlineData("GET", "/metrics", 401)]
    [InlineData("GET", "/no/such/route", 404)]
    [InlineData("GET", "/v1/people/../../etc/passwd", 404)]
    [InlineData("DELETE", "/v1/limits", 405)]
    [InlineData("OPTIONS", "/v1/people", 405)]
    [InlineData("TRACE", "/v1/people", 405)]
    [InlineData("GET", "/V1/PEOPLE", 401)]
    [InlineData("GET", "/%76%31/people", 401)]
    [InlineData("GET", "/v1/people/", 401)]
    [InlineData("GET", "/v1%2Fpeople", 404)]
    [InlineData("GET", "//v1/people", 404)]
    public async Task Answers_beside_the_described_routes_are_as_safe(string method, string path, int status)
    {
        using HttpClient http = service.With(null);
        using HttpRequestMessage request = new(new(method), path);
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(MissingHeaders(response, cached: path == "/"));
        if (status >= 400)
            Assert.Empty(await ProblemsOfProblemAsync(response));
    }

    private static async Task<(int Status, string Answer)> AskAsync(
        HttpClient http,
        DescribedRoute route,
        Dictionary<string, string> values,
        string query
    )
    {
        using HttpRequestMessage request = new(new(route.Method), route.PathWith(values) + query);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        bool ends = response.Content.Headers.ContentType?.MediaType != "text/event-stream";
        return ((int)response.StatusCode, ends ? await response.Content.ReadAsStringAsync() : "");
    }

    private static IEnumerable<string> MissingHeaders(HttpResponseMessage response, bool cached = false)
    {
        foreach (
            (string name, string? value) in new (string, string?)[]
            {
                ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Cross-Origin-Opener-Policy", "same-origin"),
                ("Permissions-Policy", null),
                ("Content-Security-Policy", null),
                ("Cache-Control", cached ? "no-cache" : "no-store"),
                ("X-Request-Id", null),
            }
        )
            if (!response.Headers.TryGetValues(name, out IEnumerable<string>? values) || (value is not null && values.Single() != value))
                yield return $"{name} is not as it should be";
        foreach (string name in new[] { "Server", "Access-Control-Allow-Origin", "X-Powered-By" })
            if (response.Headers.Contains(name))
                yield return $"{name} is there";
    }

    /// <summary>What is wrong with a problem document (RFC 9457).</summary>
    private static async Task<IReadOnlyList<string>> ProblemsOfProblemAsync(HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return [$"its type is {response.Content.Headers.ContentType}"];
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement problem = document.RootElement;
        List<string> wrong = [];
        foreach (string name in new[] { "type", "title", "detail", "code", "requestId" })
            if (!problem.TryGetProperty(name, out JsonElement member) || member.GetString() is not { Length: > 0 })
                wrong.Add($"it has no {name}");
        if (wrong.Count > 0)
            return wrong;
        if (problem.GetProperty("status").GetInt32() != (int)response.StatusCode)
            wrong.Add("its status is another");
        if (problem.GetProperty("type").GetString() != "urn:semblance:problem:" + problem.GetProperty("code").GetString())
            wrong.Add("its type is not that of its code");
        if (problem.GetProperty("requestId").GetString() != response.Headers.GetValues("X-Request-Id").Single())
            wrong.Add("its request is another");
        if (text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal))
            wrong.Add("it shows the service's insides");
        if ((int)response.StatusCode == 401 && response.Headers.WwwAuthenticate.Count == 0)
            wrong.Add("it does not say how to authenticate");
        return wrong;
    }
}
