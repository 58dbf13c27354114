using Semblance.Gallery.Sqlite;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqliteConnectionsTests
{
    [Theory]
    [InlineData("secure_delete", 1)]
    [InlineData("synchronous", 2)]
    [InlineData("busy_timeout", 60_000)]
    [InlineData("foreign_keys", 1)]
    public async Task Every_connection_has_its_settings(string setting, long expected)
    {
        using TemporaryGallery file = new();
        await using (await file.CreateAsync())
        {
            using SqliteConnections connections = new(file.Path);
            Assert.Equal(expected, connections.Writer.ReadInteger($"PRAGMA {setting}"));
            Assert.Equal(expected, connections.Read(connection => connection.ReadInteger($"PRAGMA {setting}")));
        }
    }
}
