using Microsoft.Data.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>Counts that hold until the gallery changes or somebody expires.</summary>
/// <param name="Counts">What was counted.</param>
/// <param name="Revision">Of the gallery.</param>
/// <param name="From">From which moment, Unix milliseconds.</param>
/// <param name="Until">The moment at which the next person expires.</param>
internal sealed record CachedCounts(GalleryCounts Counts, long Revision, long From, long Until)
{
    public static CachedCounts Count(SqliteConnection connection, long revision, long now, long bytes)
    {
        using SqliteCommand command = connection.Command(
            """
            SELECT count(*), coalesce(sum(expired), 0), coalesce(sum(n * (1 - expired)), 0), coalesce(sum(n * expired), 0), coalesce(sum(n
            * (n - 1) / 2 * (1 - expired)), 0)
            FROM (SELECT coalesce(p.expires_at <= $now, 0) AS expired, (SELECT count(*) FROM reference r WHERE r.person = p.number) AS n
            FROM person p WHERE p.kind = 0)
            """,
            ("$now", now)
        );
        using SqliteDataReader row = command.ExecuteReader();
        row.Read();
        long crops = connection.ReadInteger("SELECT count(*) FROM crop");
        long until = connection.ReadInteger(
            "SELECT coalesce(min(expires_at), 9223372036854775807) FROM person WHERE expires_at > $now",
            ("$now", now)
        );
        return new(
            new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), crops, bytes)
            {
                Strangers = connection.ReadInteger("SELECT count(*) FROM person WHERE kind <> 0"),
            },
            revision,
            now,
            until
        );
    }
}
