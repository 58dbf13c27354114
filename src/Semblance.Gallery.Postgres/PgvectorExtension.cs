using Npgsql;

namespace Semblance.Gallery.Postgres;

/// <summary>The extension that gives PostgreSQL vectors.</summary>
internal static class PgvectorExtension
{
    /// <summary>The first with HNSW and with scans that go on when a filter leaves too little.</summary>
    private static readonly Version Oldest = new(0, 8);

    /// <summary>Makes sure that it is there.</summary>
    /// <exception cref="GalleryException">The server does not have it, it is too old, or the user may not add it to the
    /// database.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        if (
            await VersionAsync(connection, "select extversion from pg_extension where extname = 'vector'", cancellationToken)
                .ConfigureAwait(false)
            is not { } version
        )
        {
            version = await VersionAsync(
                    connection,
                    "select default_version from pg_available_extensions where name = 'vector'",
                    cancellationToken
                )
                .ConfigureAwait(false)
                ?? throw Missing(connection, address);
            await AddAsync(connection, address, cancellationToken).ConfigureAwait(false);
        }
        if (version < Oldest)
            throw new GalleryException(
                $"{address}: pgvector {version} is too old, {Oldest} is needed; install it on the server, then run: alter extension "
                    + $"vector update"
            );
    }

    private static GalleryException Missing(NpgsqlConnection connection, PostgresAddress address)
    {
        int major = connection.PostgreSqlVersion.Major;
        return new(
            $"{address}: the server (PostgreSQL {connection.PostgreSqlVersion}) has no pgvector, and Debian's own packages of version "
                + $"15 and older do not bring it. Install it on the "
                + $"server: on Debian and Ubuntu 'apt-get install postgresql-{major}-pgvector' (apt.postgresql.org has it for every "
                + $"version), on Red Hat 'dnf install pgvector_{major}', "
                + $"with containers the image 'pgvector/pgvector:pg{major}', else from source (github.com/pgvector/pgvector); then run "
                + $"this again"
        );
    }

    private static async Task AddAsync(NpgsqlConnection connection, PostgresAddress address, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlCommand command = new("create extension if not exists vector", connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateObject)
        {
            // Another process added it at the same moment.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new GalleryException(
                $"{address}: '{connection.UserName}' may not add pgvector to the database; let an administrator run in it: create "
                    + $"extension vector",
                e
            );
        }
    }

    private static async Task<Version?> VersionAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string text ? Version.Parse(text) : null;
    }
}
