using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Semblance.Client;
using Semblance.Server.Keys;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Client;

public sealed class SemblanceClientTests
{
    [Fact]
    public async Task Client_does_all_that_the_service_offers_it()
    {
        (RunningService service, KeyFile keys) = await RunningService.StartWithKeysAsync();
        await using RunningService running = service;
        string key = keys.Create(new("client", KeyRoles.All)).Text;
        await Task.Delay(1100);
        await using ServiceProvider provider = new ServiceCollection()
            .AddSemblanceClient(options => (options.Address, options.Key, options.Gallery) = (service.Address, key, "other"))
            .BuildServiceProvider();
        SemblanceClient client = provider.GetRequiredService<SemblanceClient>();
        Picture portrait = new("astronaut.png", Pictures.Astronaut),
            dim = new("dim.jpg", Pictures.Dim);

        Assert.Single((await client.DetectAsync(dim)).Faces!);
        Assert.NotNull((await client.AnalyzeAsync(portrait, ["quality", "age"])).Faces![0].Age!.Years);
        Assert.Equal(512, (await client.EmbedAsync(dim)).Faces![0].Embedding!.Vector.Count);
        Assert.True((await client.VerifyAsync(portrait, dim, 1e-3)).Match);
        VerificationAnswer atRates = await client.VerifyAtAsync(portrait, dim, [1e-3, 1e-12]);
        Assert.Equal(("same", null), (atRates.Rates![0].Decision, atRates.Rates[0].Error));
        Assert.Equal((null, "unsupported-rate"), (atRates.Rates[1].Decision, atRates.Rates[1].Error!.Code));
        EnrolmentAnswer enrolled = await client.EnrolAsync(
            new("Eileen") { Metadata = new Dictionary<string, string> { ["role"] = "pilot" } },
            [portrait]
        );
        Guid id = enrolled.Person.Id;
        Assert.Equal("Eileen", (await client.IdentifyAsync(dim)).Faces![0].Person!.Name);
        Assert.True((await client.VerifyPersonAsync(id, dim)).Match);
        Assert.Equal([1e-2, 1e-4], (await client.VerifyPersonAtAsync(id, dim, [1e-2, 1e-4])).Rates!.Select(at => at.FalseMatchRate));
        AccessAnswer access = await client.ReadAccessAsync(id, limit: 1);
        for (int i = 0; i < 100 && access.Next is null; i++)
        {
            await Task.Delay(50);
            access = await client.ReadAccessAsync(id, limit: 1);
        }
        AccessEntryAnswer newest = Assert.Single(access.Entries);
        Assert.Equal(("Eileen", "client"), (access.People[id], access.Keys[newest.Key]));
        AccessAnswer older = await client.ReadAccessAsync(id, access.Next);
        Assert.DoesNotContain(newest.RequestId, older.Entries.Select(entry => entry.RequestId));
        List<PictureAnswer> many = [];
        await foreach (PictureAnswer answer in client.IdentifyManyAsync([dim, new("none", new byte[10])]))
            many.Add(answer);
        Assert.Equal("image-format", many[1].Error!.Code);
        List<PersonAnswer> people = [];
        await foreach (PersonAnswer person in client.ListAsync())
            people.Add(person);
        Assert.Equal("pilot", Assert.Single(people).Metadata!["role"]);
        Guid second = (await client.EnrolAsync(new("Second"), [dim])).Person.Id;
        PersonAnswer merged = await client.MergeAsync(id, second);
        Assert.Null(await client.FindAsync(second));
        Assert.Equal(2, (await client.UndoAsync(merged.Undo!.Value)).Count);
        Assert.Equal("Second", (await client.FindAsync(second))!.Name);
        Assert.NotEmpty((await client.RemoveAsync(second)).Hash);
        Assert.NotEmpty((await client.RemoveAsync(id)).Hash);
        Assert.Null(await client.FindAsync(id));
        SemblanceServiceException refused = await Assert.ThrowsAsync<SemblanceServiceException>(() =>
            client.VerifyAsync(new("cat", Pictures.Cat), dim)
        );
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "no-face"), (refused.Status, refused.Code));
    }
}
