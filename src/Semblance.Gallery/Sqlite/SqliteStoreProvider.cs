using Microsoft.Data.Sqlite;
using Semblance.Files;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>Galleries in a file: <c>sqlite:people.db</c>.</summary>
public sealed class SqliteStoreProvider : IGalleryStoreProvider
{
    internal const string SchemeName = "sqlite";

    /// <inheritdoc/>
    public string Scheme => SchemeName;

    /// <inheritdoc/>
    public Task<IGalleryStore> CreateAsync(
        string location,
        GallerySettings settings,
        StoreOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        if (settings.Encrypted && options.Key is null)
            throw new GalleryKeyException($"{location} is to be encrypted, but there is no key");
        return Task.Run<IGalleryStore>(() => Guard(location, () =>
                {
                    if (File.Exists(location))
                        throw SqliteFiles.Exists(location);
                    // The file appears under its name only when it is whole, readable by its owner alone.
                    string unfinished = $"{location}.{Guid.NewGuid():N}.new";
                    try
                    {
                        PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(location))!);
                        PrivateFiles.Create(unfinished).Dispose();
                        using (SqliteConnections connections = new(unfinished))
                        {
                            using SqliteTransaction transaction = connections.Writer.BeginTransaction(deferred: false);
                            SqliteSchema.Create(connections.Writer, SqliteSchema.Version);
                            SqliteKeys.InsertSettings(connections.Writer, settings, options.Key);
                            SqliteKeys.Begin(connections.Writer, settings, options);
                            transaction.Commit();
                        }
                        SqliteFiles.Move(unfinished, location);
                    }
                    finally
                    {
                        SqliteFiles.Delete(unfinished);
                    }
                    return Open(location, options);
                }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IGalleryStore> OpenAsync(string location, StoreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run<IGalleryStore>(() => Guard(location, () =>
                {
                    if (!File.Exists(location))
                        throw new GalleryNotFoundException($"{SchemeName}:{location}");
                    // SQLite would wait for a pipe, and write to a device.
                    if (FileIdentity.KindOf(location) == FileKind.Special)
                        throw new GalleryException($"{location} is a pipe, a socket or a device; name a gallery's file");
                    return Open(location, options);
                }), cancellationToken);
    }

    private static SqliteGalleryStore Open(string location, StoreOptions options)
    {
        SqliteConnections connections = new(location);
        try
        {
            SqliteSchema.Migrate(connections.Writer, location);
            GallerySettings settings = SqliteKeys.ReadSettings(connections.Writer);
            if (settings.Encrypted)
            {
                SqliteKeys.Check(connections.Writer, $"{SchemeName}:{location}", options.Key);
                SqliteKeys.BringUpToDate(connections.Writer, settings, options);
            }
            else if (options.Key is not null)
            {
                throw new GalleryException(
                    $"{location} is not encrypted, but a key was given for it; leave the key out, or name the gallery that it is for"
                );
            }
            return new SqliteGalleryStore(
                location,
                connections,
                settings,
                connections.Writer.ReadInteger("SELECT revision FROM gallery"),
                SqliteKeys.ReadDigest(connections.Writer, settings, options.Key),
                options
            );
        }
        catch
        {
            connections.Dispose();
            throw;
        }
    }

    private static SqliteGalleryStore Guard(string location, Func<SqliteGalleryStore> open)
    {
        try
        {
            return open();
        }
        catch (SqliteException e)
        {
            throw SqliteFailure.Of(location, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteFailure.Of(location, e);
        }
    }
}
