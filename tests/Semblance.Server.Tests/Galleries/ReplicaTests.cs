using System.Diagnostics;
using System.Text.Json;
using Semblance.Gallery.Postgres.Tests;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Galleries;

/// <summary>Several services on one PostgreSQL.</summary>
public sealed class ReplicaTests(PostgresServer server)
{
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
