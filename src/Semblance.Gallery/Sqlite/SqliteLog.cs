using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Sqlite;

/// <summary>Writes the audit log.</summary>
internal static class SqliteLog
{
    /// <summary>Adds an entry and records it as the newest.</summary>
    public static void Append(SqliteConnection connection, AuditEntry entry)
    {
        AuditEvent e = entry.Event;
        connection.Execute(
            """
            INSERT INTO audit (sequence, at, action, person, reference_count, detail, previous, hash, actor, request, digest, seal)
            VALUES ($sequence, $at, $action, $person, $references, $detail, $previous, $hash, $actor, $request, $digest, $seal);
            UPDATE gallery SET audit_sequence = $sequence, audit_hash = $hash;
            """,
            ("$sequence", entry.Sequence),
            ("$at", e.At.ToUnixTimeMilliseconds()),
            ("$action", e.Action.ToString()),
            ("$person", e.PersonId?.ToKey()),
            ("$references", e.References),
            ("$detail", e.Detail),
            ("$previous", entry.PreviousHash),
            ("$hash", entry.Hash),
            ("$actor", e.Actor),
            ("$request", e.Request),
            ("$digest", e.Digest),
            ("$seal", entry.Seal)
        );
    }
}
