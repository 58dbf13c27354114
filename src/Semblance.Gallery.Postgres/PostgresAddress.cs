using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Semblance.Gallery.Postgres;

/// <summary>Where a gallery lies on a server: <c>//user:password@host:5432/database?schema=people</c>, or Npgsql's keywords separated by
/// semicolons.</summary>
/// <remarks>
/// <c>Schema</c>, <c>Search</c> (auto, exact, hnsw) and <c>Ef Search</c> are of this library, all other keywords are Npgsql's (pool
/// sizes, TLS, timeouts). A password is better left to the environment (<c>PGPASSWORD</c>) or a password file (<c>PGPASSFILE</c>).
/// </remarks>
public sealed record PostgresAddress
{
    /// <summary>Schema of a gallery whose address names none; a database holds one gallery a schema.</summary>
    public const string DefaultSchema = "semblance";

    /// <summary>Up to so many references <see cref="PostgresSearchMode.Auto"/> searches exactly; above, the graph saves more than it may
    /// miss.</summary>
    public const int LargestExactGallery = 20_000;

    /// <summary>Candidates that HNSW keeps while it searches; docs/postgres.md says what it finds.</summary>
    public const int DefaultEfSearch = 200;

    private const int LargestIdentifier = 63,
        LargestEfSearch = 1000;

    private PostgresAddress(NpgsqlConnectionStringBuilder connection) => Connection = connection;

    /// <summary>How to connect.</summary>
    public NpgsqlConnectionStringBuilder Connection { get; }

    /// <summary>The schema that holds the gallery.</summary>
    public string Schema { get; private init; } = DefaultSchema;

    /// <summary>How to search.</summary>
    public PostgresSearchMode Search { get; private init; } = PostgresSearchMode.Auto;

    /// <summary>Candidates that HNSW keeps while it searches, 1 to 1000.</summary>
    public int EfSearch { get; private init; } = DefaultEfSearch;

    /// <summary>Reads an address without its scheme.</summary>
    /// <exception cref="GalleryException">It cannot be read.</exception>
    public static PostgresAddress Parse(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        DbConnectionStringBuilder keywords = [];
        try
        {
            if (location.StartsWith("//", StringComparison.Ordinal))
                ReadUri(new Uri("postgres:" + location), keywords);
            else
                keywords.ConnectionString = location;
            string schema = Take(keywords, "Schema") ?? DefaultSchema;
            if (schema.Length is 0 or > LargestIdentifier || schema.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
                throw new GalleryException(
                    $"postgres: the schema '{schema}' is not possible; lower-case letters, digits and _ are, at most {LargestIdentifier}"
                );
            PostgresSearchMode mode = Take(keywords, "Search") is { } search ? ModeOf(search) : PostgresSearchMode.Auto;
            int efSearch = Take(keywords, "Ef Search") is { } candidates ? CandidatesOf(candidates) : DefaultEfSearch;
            // What is left is the driver's; it refuses what it does not know.
            NpgsqlConnectionStringBuilder connection = new(keywords.ConnectionString);
            connection.ApplicationName ??= "semblance";
            return new(connection)
            {
                Schema = schema,
                Search = mode,
                EfSearch = efSearch,
            };
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            throw new GalleryException(
                $"the PostgreSQL address cannot be read: {e.Message}; write postgres://user@host/database?schema=people or "
                    + $"postgres:Host=…;Database=…",
                e
            );
        }
    }

    /// <summary>For messages, and to be typed again: with the user where one was named, without the password.</summary>
    public override string ToString()
    {
        string user = Connection.Username is { Length: > 0 } name ? Uri.EscapeDataString(name) + "@" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"postgres://{user}{Connection.Host}:{Connection.Port}/{Connection.Database}?schema={Schema}"
        );
    }

    private static void ReadUri(Uri uri, DbConnectionStringBuilder keywords)
    {
        keywords["Host"] = uri.Host;
        if (uri.Port > 0)
            keywords["Port"] = uri.Port;
        string[] user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            keywords["Username"] = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2)
            keywords["Password"] = Uri.UnescapeDataString(user[1]);
        if (uri.AbsolutePath.Length > 1)
            keywords["Database"] = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        foreach (string option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (option.Split('=', 2) is not [var name, var value])
                throw new FormatException($"'{option}' is no name=value");
            keywords[Uri.UnescapeDataString(name.Replace('_', ' ').Replace('+', ' '))] = Uri.UnescapeDataString(value);
        }
    }

    private static string? Take(DbConnectionStringBuilder keywords, string name)
    {
        if (!keywords.TryGetValue(name, out object? value))
            return null;
        keywords.Remove(name);
        return Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    private static PostgresSearchMode ModeOf(string text) =>
        Enum.TryParse(text, ignoreCase: true, out PostgresSearchMode mode) && Enum.IsDefined(mode)
            ? mode
            : throw new GalleryException($"postgres: search '{text}' is not known; use auto, exact or hnsw");

    private static int CandidatesOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int candidates) && candidates is >= 1 and <= LargestEfSearch
            ? candidates
            : throw new GalleryException($"postgres: ef search is '{text}', 1 to {LargestEfSearch} is possible");
}
