using Npgsql;

namespace Semblance.Gallery.Postgres;

/// <summary>Errors of the server and of the connection to it that are nobody's mistake, for people.</summary>
internal static class PostgresFailure
{
    /// <summary>Does something on the server.</summary>
    /// <exception cref="GalleryStorageException">The connection was lost, or the server has no room or takes no changes.</exception>
    public static async Task<T> GuardAsync<T>(PostgresAddress address, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (NpgsqlException e) when (Explain(e) is { } what)
        {
            throw new GalleryStorageException($"{address}: {what}", e);
        }
    }

    private static string? Explain(NpgsqlException error) =>
        (error as PostgresException)?.SqlState switch
        {
            null => Lost(error.InnerException?.Message ?? error.Message),
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Lost(
                error.Message
            ),
            PostgresErrorCodes.DiskFull =>
                "the server's disk is full; this change was not made, what was acknowledged before is kept. Make room, then run it again",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                "the server takes no changes (read-only, as replicas are); name the primary server",
            _ => null,
        };

    private static string Lost(string why) =>
        $"the connection to the server was lost ({why.TrimEnd('.')}); the change under way was made whole or not at all, what was "
        + $"acknowledged before is kept. Run it again when the server answers";
}
