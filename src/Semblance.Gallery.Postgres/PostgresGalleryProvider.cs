using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres;

/// <summary>Galleries in PostgreSQL with pgvector, by <c>postgres:</c> addresses (<see cref="PostgresAddress"/>).</summary>
public sealed class PostgresGalleryProvider : IGalleryStoreProvider
{
    /// <inheritdoc/>
    public string Scheme => "postgres";

    /// <inheritdoc/>
    public async Task<IGalleryStore> CreateAsync(
        string location,
        GallerySettings settings,
        StoreOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        var address = PostgresAddress.Parse(location);
        if (settings.Encrypted)
            throw new GalleryException(
                $"{address}: the server cannot search encrypted references; encrypt its disk or volume instead (docs/postgres.md), or "
                    + $"keep the gallery in sqlite:, which searches in this process"
            );
        await using NpgsqlConnection connection = await ConnectAsync(address, cancellationToken).ConfigureAwait(false);
        await PgvectorExtension.EnsureAsync(connection, address, cancellationToken).ConfigureAwait(false);
        if (await SchemaMigrations.FindSettingsAsync(connection, address, cancellationToken).ConfigureAwait(false) is not null)
            throw Taken(address);
        await SchemaMigrations
            .RunAsync(connection, address, settings.Contract.Dimension, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await WriteSettingsAsync(connection, address, settings, options, cancellationToken).ConfigureAwait(false);
        return Open(address, settings);
    }

    /// <inheritdoc/>
    public async Task<IGalleryStore> OpenAsync(string location, StoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = PostgresAddress.Parse(location);
        if (options.Key is not null)
            throw new GalleryException(
                $"{address} is not encrypted, but a key was given for it; leave the key out, or name the gallery that it is for"
            );
        await using NpgsqlConnection connection = await ConnectAsync(address, cancellationToken).ConfigureAwait(false);
        string json = await SchemaMigrations.FindSettingsAsync(connection, address, cancellationToken).ConfigureAwait(false)
            ?? throw new GalleryNotFoundException(address.ToString());
        GallerySettings settings = PostgresJson.SettingsOf(address, json);
        await SchemaMigrations
            .RunAsync(connection, address, settings.Contract.Dimension, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return Open(address, settings);
    }

    /// <summary>A connection of its own, outside the pool: the pool learns the vector type when it opens its first, so the extension must
    /// be there before.</summary>
    private static async Task<NpgsqlConnection> ConnectAsync(PostgresAddress address, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = new(
            new NpgsqlConnectionStringBuilder(address.Connection.ConnectionString) { Pooling = false }.ConnectionString
        );
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (NpgsqlException e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw new GalleryException(
                $"{address}: the server cannot be used: {e.InnerException?.Message ?? e.Message}; check host, port, user and database",
                e
            );
        }
    }

    private static async Task WriteSettingsAsync(
        NpgsqlConnection connection,
        PostgresAddress address,
        GallerySettings settings,
        StoreOptions options,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        PostgresSession session = new(connection, transaction, address.Schema);
        try
        {
            await session
                .ExecuteAsync(
                    $"insert into {address.Schema}.gallery (settings) values ($1)",
                    cancellationToken,
                    new NpgsqlParameter
                    {
                        Value = JsonSerializer.Serialize(settings, PostgresJson.Default.GallerySettings),
                        NpgsqlDbType = NpgsqlDbType.Jsonb,
                    }
                )
                .ConfigureAwait(false);
            await session
                .ExecuteAsync($"insert into {address.Schema}.audit_head (sequence, hash) values (0, '')", cancellationToken)
                .ConfigureAwait(false);
            await new PostgresTransaction(session, settings.Contract.Dimension)
                .AppendAuditAsync(
                    options.FirstEntry ?? AuditChain.Creation(settings, options.Clock.GetUtcNow(), options.Actor, RecordDigest.Plain),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw Taken(address, e);
        }
    }

    private static GalleryExistsException Taken(PostgresAddress address, Exception? inner = null) =>
        new($"{address}: there is a gallery already; another one needs another schema (…?schema=NAME)", inner);

    private static PostgresGalleryStore Open(PostgresAddress address, GallerySettings settings)
    {
        NpgsqlDataSourceBuilder builder = new(address.Connection.ConnectionString);
        builder.UseVector();
        return new(address, builder.Build(), settings);
    }
}
