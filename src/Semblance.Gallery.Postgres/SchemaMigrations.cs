using System.Globalization;
using System.Text;
using Npgsql;

namespace Semblance.Gallery.Postgres;

/// <summary>
/// Brings a schema up to date, one numbered script after the other, each in a transaction with the record that it ran. An advisory lock
/// lets one process at a time do it, so that many may start at once.
/// </summary>
internal static class SchemaMigrations
{
    private const string ScriptSuffix = ".sql";

    /// <summary>Longest vector that pgvector's HNSW takes.</summary>
    private const int LargestIndexedDimension = 2000;

    /// <summary>Neighbours a node of the graph keeps, and candidates while it is built: hnswlib's M 32 agreed with the exact answer on
    /// 100,000 faces.</summary>
    private const int Neighbours = 32,
        BuildCandidates = 128;

    /// <summary>The script that makes the indexes; run again when the length of the vectors changes.</summary>
    private const int IndexVersion = 4;

    /// <summary>Version of the newest script.</summary>
    public static int Newest => Scripts()[^1].Version;

    /// <summary>Runs what has not run yet.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="address">Names the schema.</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <param name="upTo">Last version to run; the newest by default.</param>
    /// <param name="cancellationToken">Stops before the next script.</param>
    /// <exception cref="GalleryException">The schema was made by a newer version of this library.</exception>
    public static async Task RunAsync(
        NpgsqlConnection connection,
        PostgresAddress address,
        int dimension,
        int upTo = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        foreach ((int version, string script) in Scripts().Where(script => script.Version <= upTo))
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await LockAsync(transaction, address, cancellationToken).ConfigureAwait(false);
            int current = await CurrentAsync(connection, transaction, address, cancellationToken).ConfigureAwait(false);
            if (current > Newest)
                throw new GalleryException(
                    $"{address}: the gallery has schema version {current}, this version of semblance knows {Newest}; use a newer one"
                );
            if (current < version)
            {
                await ExecuteAsync(transaction, Fill(script, address.Schema, dimension), cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(
                        transaction,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"insert into {address.Schema}.schema_versions (version) values ({version})"
                        ),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Settings of the gallery in the schema as JSON; null when there is none.</summary>
    public static async Task<string?> FindSettingsAsync(
        NpgsqlConnection connection,
        PostgresAddress address,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand find = new($"select to_regclass('{address.Schema}.gallery') is not null", connection);
        if (!(bool)(await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!)
            return null;
        await using NpgsqlCommand read = new($"select settings::text from {address.Schema}.gallery", connection);
        return (string?)await read.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What makes the HNSW indexes for vectors of a length; empty for vectors that are too long for any.</summary>
    public static string IndexScript(string schema, int dimension) =>
        Fill(Scripts().Single(script => script.Version == IndexVersion).Text, schema, dimension);

    /// <summary>Waits for the turn to change the schema; held until the transaction ends.</summary>
    public static Task LockAsync(NpgsqlTransaction transaction, PostgresAddress address, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, $"select pg_advisory_xact_lock(hashtextextended('semblance:{address.Schema}', 0))", cancellationToken);

    private static async Task<int> CurrentAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        PostgresAddress address,
        CancellationToken cancellationToken
    )
    {
        await ExecuteAsync(
                transaction,
                $"create schema if not exists {address.Schema}; "
                    + $"create table if not exists {address.Schema}.schema_versions (version integer primary key, applied_at "
                    + $"timestamptz not null default now())",
                cancellationToken
            )
            .ConfigureAwait(false);
        await using NpgsqlCommand command = new(
            $"select coalesce(max(version), 0) from {address.Schema}.schema_versions",
            connection,
            transaction
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static string Fill(string script, string schema, int dimension)
    {
        // One component more than the embedder's, for the bias.
        int ranked = dimension + 1;
        if (script.Contains("using hnsw", StringComparison.Ordinal) && ranked > LargestIndexedDimension)
            return "";
        // The extension's types may lie in any schema of the search path, as a rule in public.
        return new StringBuilder(script)
            .Insert(0, $"set local search_path = {schema}, public;\n")
            .Replace("{dimension}", dimension.ToString(CultureInfo.InvariantCulture))
            .Replace("{ranked}", ranked.ToString(CultureInfo.InvariantCulture))
            .Replace("{m}", Neighbours.ToString(CultureInfo.InvariantCulture))
            .Replace("{efConstruction}", BuildCandidates.ToString(CultureInfo.InvariantCulture))
            .ToString();
    }

    private static async Task ExecuteAsync(NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        if (sql.Length == 0)
            return;
        await using NpgsqlCommand command = new(sql, transaction.Connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The embedded scripts by their number.</summary>
    private static List<(int Version, string Text)> Scripts()
    {
        System.Reflection.Assembly assembly = typeof(SchemaMigrations).Assembly;
        List<(int, string)> scripts = [];
        foreach (
            string name in assembly
                .GetManifestResourceNames()
                .Where(name => name.EndsWith(ScriptSuffix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            scripts.Add(
                (int.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture), reader.ReadToEnd())
            );
        }
        return scripts;
    }
}
