using Semblance.Gallery.Conformance;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqliteConformanceTests : GalleryConformance
{
    /// <summary>In memory where the system has such a folder: every change waits for the disk, and there are thousands.</summary>
    private const string MemoryFolder = "/dev/shm";

    private readonly DirectoryInfo _folder = Directory.Exists(MemoryFolder)
        ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"semblance-gallery-{Guid.NewGuid():N}"))
        : Directory.CreateTempSubdirectory("semblance-gallery-");

    private int _count;

    protected override GalleryStores Stores { get; } = new(new SqliteStoreProvider());

    protected override string NewAddress() => $"sqlite:{Path.Combine(_folder.FullName, $"people-{_count++}.db")}";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
