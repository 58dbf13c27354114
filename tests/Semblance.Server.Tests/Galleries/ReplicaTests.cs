using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Semblance.Gallery.Postgres.Tests;
using Semblance.Page.Tests;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Galleries;

/// <summary>Several services on one PostgreSQL.</summary>
public sealed class ReplicaTests(PostgresServer server)
{
    [Fact]
    public async Task Two_processes_of_the_program_share_people_undoing_and_idempotency_keys()
    {
        string[] store = ["--store", "postgres:" + server.NewLocation(), "--access-log", "none"];
        // At the same time, where there is no gallery yet.
        Service[] started = await Task.WhenAll(Service.StartAsync(store), Service.StartAsync(store));
        await using Service one = started[0],
            two = started[1];
        using HttpClient first = new() { BaseAddress = one.Address },
            second = new() { BaseAddress = two.Address };
        JsonElement enrolled = await EnrolAsync(first, "a key", 201),
            again = await EnrolAsync(second, "a key", 201);
        string id = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        Assert.Equal(id, again.GetProperty("person").GetProperty("id").GetString());
        Assert.Equal(1, (await second.GetAsync("/v1/people").JsonAsync()).GetProperty("total").GetInt32());
        Assert.Equal("Ada", await NameAsync(second));

        JsonElement renamed = await first.PatchAsJsonAsync($"/v1/people/{id}", new { name = "Bea" }).JsonAsync();
        Assert.Equal("Bea", await NameAsync(second));
        await second.PostAsync($"/v1/undo/{renamed.GetProperty("undo")}", null).JsonAsync();
        Assert.Equal("Ada", await NameAsync(first));

        await second.DeleteAsync($"/v1/people/{id}").JsonAsync();
        Assert.Null(await NameAsync(first));
        Assert.True((await first.GetAsync("/v1/audit?verify=true").JsonAsync()).GetProperty("report").GetProperty("intact").GetBoolean());
        // What was remembered of the enrolment went with the person.
        Assert.NotEqual(id, (await EnrolAsync(first, "a key", 201)).GetProperty("person").GetProperty("id").GetString());
    }

    private static async Task<JsonElement> EnrolAsync(HttpClient http, string key, int status)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/people")
        {
            Content = Pictures.Form(("name", "Ada"), ("another", "true"), ("image", Pictures.Astronaut)),
        };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request).JsonAsync(status);
    }

    private static async Task<string?> NameAsync(HttpClient http)
    {
        JsonElement found = await http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement person = found.GetProperty("faces")[0].GetProperty("person");
        return person.TryGetProperty("name", out JsonElement name) ? name.GetString() : null;
    }

    [Fact]
    public async Task What_one_replica_enrols_the_other_finds_at_once_and_what_it_removes_is_gone()
    {
        string address = "postgres:" + server.NewLocation();
        ServiceOptions Both(ServiceOptions options, string _) => options with { Stores = [new("default", address)] };
        await using RunningService one = await RunningService.StartAsync(Both);
        await using RunningService two = await RunningService.StartAsync(Both);
        await one.Http.GetAsync("/readyz").JsonAsync();
        JsonElement enrolled = await one
            .Http.PostAsync("/v1/people", Pictures.Form(("name", "Ada"), ("image", Pictures.Astronaut)))
            .JsonAsync(201);
        string id = enrolled.GetProperty("person").GetProperty("id").GetString()!;
        long start = Stopwatch.GetTimestamp();
        JsonElement found = await two.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal("Ada", found.GetProperty("faces")[0].GetProperty("person").GetProperty("name").GetString());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1));
        await two.Http.DeleteAsync($"/v1/people/{id}").JsonAsync();
        JsonElement gone = await one.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.True(gone.GetProperty("faces")[0].GetProperty("person").TryGetProperty("unknown", out _));
        Assert.True(
            (await one.Http.GetAsync("/v1/audit?verify=true").JsonAsync()).GetProperty("report").GetProperty("intact").GetBoolean()
        );
    }
}
