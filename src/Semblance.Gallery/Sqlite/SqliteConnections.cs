using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Semblance.Gallery.Sqlite;

/// <summary>
/// The connections to one file: one that writes, others that read beside it. A commit is on disk before it is acknowledged (WAL with
/// synchronous = FULL), and what is deleted is overwritten (secure_delete; see <see cref="SqliteErasure"/>). Thread-safe.
/// </summary>
internal sealed class SqliteConnections : IDisposable
{
    /// <summary>How long a writer waits for that of another process.</summary>
    private const int BusySeconds = 60;

    /// <summary>Of a new file: three references of 512 components fit a page, of SQLite's own 4096 bytes one, and half would be
    /// wasted.</summary>
    private const int PageSize = 8192;

    private readonly string _path;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _writing = new(1, 1);
    private bool _disposed;

    public SqliteConnections(string path)
    {
        _path = path;
        Writer = Open();
    }

    /// <summary>For opening only; afterwards it belongs to whoever is in <see cref="WriteAsync"/>.</summary>
    public SqliteConnection Writer { get; }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await work(Writer).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Of(_path, e);
        }
        finally
        {
            _writing.Release();
        }
    }

    public T Read<T>(Func<SqliteConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteConnection? connection = null;
        try
        {
            connection = _idle.TryTake(out SqliteConnection? free) ? free : Open();
            return work(connection);
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Of(_path, e);
        }
        finally
        {
            if (connection is not null)
                _idle.Add(connection);
            if (_disposed)
                CloseIdle();
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _writing.Wait();
        _disposed = true;
        _writing.Release();
        CloseIdle();
        Writer.Dispose();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out SqliteConnection? connection))
            connection.Dispose();
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder
            {
                DataSource = _path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = BusySeconds,
                ForeignKeys = true,
            }.ConnectionString
        );
        try
        {
            connection.Open();
            // One by one: what follows a failed one in the same command is skipped.
            foreach (
                string setting in (string[])
                    [
                        $"busy_timeout = {BusySeconds * 1000}",
                        $"page_size = {PageSize}",
                        "journal_mode = WAL",
                        "synchronous = FULL",
                        "secure_delete = ON",
                    ]
            )
                connection.Execute($"PRAGMA {setting}");
            if (connection.ReadInteger("PRAGMA secure_delete") != 1)
                throw new GalleryException(
                    $"{_path}: this SQLite does not overwrite what is deleted (secure_delete), so nobody could be removed without a "
                        + $"trace; use another build of it"
                );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
