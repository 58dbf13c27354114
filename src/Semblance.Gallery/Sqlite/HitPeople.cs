using Microsoft.Data.Sqlite;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>From hits by number to people.</summary>
internal static class HitPeople
{
    private const int ReferenceId = SqliteReader.PersonColumnCount;

    /// <summary>The people of one probe's hits; somebody removed since the search is not there any more.</summary>
    public static PersonHit[] Read(SqliteConnection connection, IReadOnlyList<NumberedHit> hits, PersonSearch search)
    {
        using SqliteCommand command = connection.Command(
            $"SELECT {SqliteReader.PersonColumns}, r.id FROM person p LEFT JOIN reference r ON r.number = $reference WHERE p.number = "
                + $"$person",
            ("$person", 0),
            ("$reference", 0)
        );
        List<PersonHit> people = [];
        foreach (NumberedHit hit in hits)
        {
            command.Parameters[0].Value = hit.Key.Person;
            command.Parameters[1].Value = hit.Key.Reference;
            people.AddRange(SqliteRows.Read(command, "person", row => Of(row, hit, search.Fusion)));
        }
        return [.. people.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Person.Id).Take(search.Count)];
    }

    private static PersonHit Of(SqliteDataReader row, NumberedHit hit, ReferenceFusion fusion) =>
        new(
            SqliteReader.PersonOf(row),
            hit.Rank - (double)hit.Bias,
            hit.Bias,
            fusion == ReferenceFusion.Best && !row.IsDBNull(ReferenceId) ? row.Id(ReferenceId) : null
        );
}
