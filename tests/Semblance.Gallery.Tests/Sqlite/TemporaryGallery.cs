using Microsoft.Data.Sqlite;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Tests.Sqlite;

/// <summary>A gallery file in a folder of its own, gone afterwards.</summary>
internal sealed class TemporaryGallery : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-gallery-");

    public static GalleryStores Stores { get; } = new(new SqliteStoreProvider());

    public string Path => System.IO.Path.Combine(_folder.FullName, "people.db");

    public string Address => $"sqlite:{Path}";

    public Task<FaceGallery> CreateAsync(EncryptionKey? key = null, bool keepCrops = false) =>
        FaceGallery.CreateAsync(
            Stores,
            Address,
            new()
            {
                Contract = Faces.Contract,
                Encrypted = key is not null,
                KeepCrops = keepCrops,
            },
            new() { Key = key },
            new() { Matcher = Faces.Matcher }
        );

    public Task<FaceGallery> OpenAsync(StoreOptions? options = null) =>
        FaceGallery.OpenAsync(Stores, Address, options, new() { Matcher = Faces.Matcher });

    /// <summary>Runs SQL behind the gallery's back.</summary>
    public void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path};Pooling=false");
        connection.Open();
        connection.Execute(sql);
    }

    /// <summary>Every byte that lies in the folder.</summary>
    public byte[] AllBytes() =>
        [
            .. _folder
                .EnumerateFiles()
                .SelectMany(file =>
                {
                    using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    byte[] bytes = new byte[stream.Length];
                    stream.ReadExactly(bytes);
                    return bytes;
                }),
        ];

    public void Dispose() => _folder.Delete(recursive: true);
}
