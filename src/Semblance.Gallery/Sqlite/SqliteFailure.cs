using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>What went wrong with a file, for people.</summary>
internal static class SqliteFailure
{
    /// <summary>Result codes (sqlite.org/rescode.html): SQLITE_READONLY, _CORRUPT, _FULL, _CANTOPEN, _NOTADB.</summary>
    private const int ReadOnly = 8,
        Corrupt = 11,
        Full = 13,
        CannotOpen = 14,
        NotADatabase = 26;

    /// <summary>SQLITE_IOERR_SHMSIZE: there is no room for the index of the write-ahead log.</summary>
    private const int NoRoomForLogIndex = 4874;

    /// <summary>ENOSPC and EROFS, which .NET gives as the error's number on Unix.</summary>
    private const int NoSpace = 28,
        ReadOnlyFileSystem = 30;

    /// <summary>ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_WRITE_PROTECT of Windows.</summary>
    private const int HandleDiskFull = unchecked((int)0x80070027),
        DiskFull = unchecked((int)0x80070070),
        WriteProtected = unchecked((int)0x80070013);

    /// <summary>The error that SQLite's stands for.</summary>
    public static GalleryException Of(string path, SqliteException error) =>
        error.SqliteErrorCode switch
        {
            Full => NoRoom(path, error),
            _ when error.SqliteExtendedErrorCode == NoRoomForLogIndex => NoRoom(path, error),
            ReadOnly or CannotOpen => NotWritable(path, error),
            Corrupt => new GalleryException($"{path} is damaged ({error.Message}); restore it from a backup", error),
            NotADatabase => new GalleryException(
                $"{path} is no database, or one that is damaged; name a gallery's file, or restore it from a backup",
                error
            ),
            _ => new GalleryException($"{path} cannot be used: {error.Message}", error),
        };

    /// <summary>The error that the system's stands for.</summary>
    /// <param name="path">The gallery's file.</param>
    /// <param name="error">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static GalleryException Of(string path, Exception error) =>
        error switch
        {
            IOException { HResult: NoSpace or HandleDiskFull or DiskFull } => NoRoom(path, error),
            UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem or WriteProtected } => NotWritable(path, error),
            _ => new GalleryException($"{path} cannot be used as a gallery: {error.Message}", error),
        };

    private static GalleryStorageException NoRoom(string path, Exception error) =>
        new(
            $"{path}: the disk is full; this change was not made, what was acknowledged before is kept. Make room, then run it again",
            error
        );

    private static GalleryStorageException NotWritable(string path, Exception error) =>
        new(
            $"{path} cannot be written: the file or its folder is read-only, or belongs to another user; a gallery needs to write to "
                + $"both, also for searching",
            error
        );
}
