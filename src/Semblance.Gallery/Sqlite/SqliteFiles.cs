namespace Semblance.Gallery.Sqlite;

/// <summary>The file of a database, its write-ahead log and the index of that.</summary>
internal static class SqliteFiles
{
    private static readonly string[] Endings = ["", "-wal", "-shm", "-journal"];

    /// <summary>Gives a finished file, which nobody has open, its name.</summary>
    /// <exception cref="GalleryExistsException">There is a file of that name.</exception>
    public static void Move(string unfinished, string location)
    {
        try
        {
            File.Move(unfinished, location, overwrite: false);
        }
        catch (IOException) when (File.Exists(location))
        {
            throw Exists(location);
        }
    }

    /// <summary>Deletes what was not finished.</summary>
    public static void Delete(string unfinished)
    {
        foreach (string ending in Endings)
            File.Delete(unfinished + ending);
    }

    public static GalleryExistsException Exists(string location) =>
        new($"{location} exists; use it without creating it, or name another file");
}
