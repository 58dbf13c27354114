using Npgsql;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres.Tests;

public sealed class LostConnectionTests(PostgresServer server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_that_the_connection_is_lost_in_is_told_not_made_and_can_be_made_again()
    {
        using TcpRelay relay = RelayTo(server.NewLocation(), out string location);
        await using IGalleryStore store = await new PostgresGalleryProvider().CreateAsync(
            location,
            MadeUpPeople.Settings,
            StoreOptions.Default,
            Stop
        );
        Person[] people = [.. MadeUpPeople.Create(3, 0, 1).Select(item => item.Person)];
        await InsertAsync(store, people[0]);
        GalleryStorageException during = await Assert.ThrowsAsync<GalleryStorageException>(() =>
            store.WriteAsync(
                async transaction =>
                {
                    await transaction.InsertPersonAsync(people[1], Stop);
                    relay.Cut();
                    await transaction.InsertPersonAsync(people[2], Stop);
                    return 0;
                },
                Stop
            )
        );
        GalleryStorageException after = await Assert.ThrowsAsync<GalleryStorageException>(() => store.FindPersonAsync(people[0].Id, Stop));
        relay.Mend();
        await InsertAsync(store, people[2]);

        Assert.All([during, after], error =>
            Assert.Contains("the connection to the server was lost", error.Message, StringComparison.Ordinal)
        );
        List<Guid> held = [];
        await foreach (Person person in store.ReadPeopleAsync(Stop))
            held.Add(person.Id);
        Assert.Equal(new[] { people[0].Id, people[2].Id }.Order(), held.Order());
    }

    [Fact]
    public async Task Copy_that_the_connection_is_lost_in_is_told_and_adds_nobody()
    {
        using TcpRelay relay = RelayTo(server.NewLocation(), out string location);
        await using IGalleryStore store = await new PostgresGalleryProvider().CreateAsync(
            location,
            MadeUpPeople.Settings,
            StoreOptions.Default,
            Stop
        );
        GalleryStorageException error = await Assert.ThrowsAsync<GalleryStorageException>(() =>
            ((PostgresGalleryStore)store).ImportAsync(PeopleThenCutAsync(), cancellationToken: Stop)
        );
        relay.Mend();

        Assert.Contains("the connection to the server was lost", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            (0, 0),
            (
                (int)(await store.CountAsync(DateTimeOffset.UtcNow, Stop)).People,
                (int)(await store.CountAsync(DateTimeOffset.UtcNow, Stop)).References
            )
        );

        async IAsyncEnumerable<(Person, IReadOnlyList<FaceReference>)> PeopleThenCutAsync()
        {
            foreach ((Person person, IReadOnlyList<FaceReference> references) in MadeUpPeople.Create(2, 2, 1))
            {
                yield return (person, references);
                await Task.Yield();
            }
            relay.Cut();
        }
    }

    private static TcpRelay RelayTo(string location, out string through)
    {
        PostgresAddress address = PostgresAddress.Parse(location);
        TcpRelay relay = new(address.Connection.Host!, address.Connection.Port);
        through =
            new NpgsqlConnectionStringBuilder(address.Connection.ConnectionString)
            {
                Host = "127.0.0.1",
                Port = relay.Port,
            }.ConnectionString + $";Schema={address.Schema}";
        return relay;
    }

    private static Task<int> InsertAsync(IGalleryStore store, Person person) =>
        store.WriteAsync(
            async transaction =>
            {
                await transaction.InsertPersonAsync(person, Stop);
                return 0;
            },
            Stop
        );
}
