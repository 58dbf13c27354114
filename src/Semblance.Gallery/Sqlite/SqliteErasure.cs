using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>Leaves nothing in a file of what was removed from it.</summary>
/// <remarks>
/// <c>secure_delete</c> overwrites a row that is deleted, but not the copies that SQLite left behind when it moved the row to another
/// page to balance a tree; of 800 people removed from a gallery of 4,000 one name was still to be found. So the file is built anew
/// (<c>VACUUM</c>), which takes a time and a space that grow with it.
/// </remarks>
internal static class SqliteErasure
{
    /// <summary>Whether rows were removed since the file was last built anew.</summary>
    public static bool IsDue(SqliteConnection connection) => connection.ReadInteger("SELECT erase_due FROM gallery") != 0;

    /// <summary>Builds the file anew where rows were removed since the last time, and empties its log.</summary>
    /// <param name="connection">The writing connection, outside a transaction.</param>
    /// <param name="address">The gallery, for messages.</param>
    /// <exception cref="GalleryStorageException">There is no room, or another process reads the log without end; running it again finishes
    /// the work.</exception>
    public static bool Run(SqliteConnection connection, string address)
    {
        if (!IsDue(connection))
            return false;
        try
        {
            connection.Execute("VACUUM");
        }
        catch (SqliteException e)
        {
            throw Unfinished(address, e.Message, e);
        }
        if (connection.ReadInteger("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            throw Unfinished(address, "another process is reading", inner: null);
        connection.Execute("UPDATE gallery SET erase_due = 0");
        return true;
    }

    private static GalleryStorageException Unfinished(string address, string why, Exception? inner) =>
        new($"{address} could not be built anew: {why}", inner);
}
