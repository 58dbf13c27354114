using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Conformance;

/// <summary>What every store must do. A store's tests derive from this and say where galleries can be made.</summary>
public abstract partial class GalleryConformance : IAsyncLifetime
{
    private readonly List<FaceGallery> _open = [];

    protected SettableClock Clock { get; } = new();

    /// <summary>The stores, the one under test among them.</summary>
    protected abstract GalleryStores Stores { get; }

    /// <summary>Whether a gallery that was disposed of can be opened again; not so for stores in memory.</summary>
    protected virtual bool Reopens => true;

    /// <summary>Whether several processes may have the gallery open at once.</summary>
    protected virtual bool Shares => true;

    /// <summary>Whether the store can encrypt references and crops.</summary>
    protected virtual bool Encrypts => true;

    /// <summary>Whether the store keeps notes, so that changes can be undone.</summary>
    protected virtual bool KeepsNotes => true;

    /// <summary>How far similarities may be from those computed in double precision.</summary>
    protected virtual double SimilarityTolerance => 1e-5;

    /// <summary>An address where nothing is yet, gone when the test ends.</summary>
    protected abstract string NewAddress();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (FaceGallery gallery in _open)
            await gallery.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static GallerySettings Settings { get; } = new() { Contract = Faces.Contract };

    protected async Task<FaceGallery> CreateAsync(string? address = null, GallerySettings? settings = null, EncryptionKey? key = null)
    {
        FaceGallery gallery = await FaceGallery.CreateAsync(
            Stores,
            address ?? NewAddress(),
            settings ?? Settings,
            new() { Key = key },
            Options,
            Stop
        );
        _open.Add(gallery);
        return gallery;
    }

    protected async Task<FaceGallery> OpenAsync(string address, EncryptionKey? key = null)
    {
        FaceGallery gallery = await FaceGallery.OpenAsync(Stores, address, new() { Key = key }, Options, Stop);
        _open.Add(gallery);
        return gallery;
    }

    protected async Task<FaceGallery> ReopenAsync(FaceGallery gallery, string address, EncryptionKey? key = null)
    {
        Assert.SkipUnless(Reopens, "the store lives in memory");
        _open.Remove(gallery);
        await gallery.DisposeAsync();
        return await OpenAsync(address, key);
    }

    protected async Task<Person> EnrolAsync(FaceGallery gallery, string name, params int[] faces) =>
        (
            await gallery.EnrolAsync(new PersonDraft(name), [.. faces.Select(seed => Faces.Draft(Faces.Of(seed)))], cancellationToken: Stop)
        ).Person;

    protected static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (T item in items)
            list.Add(item);
        return list;
    }

    private GalleryOptions Options => new() { Matcher = Faces.Matcher, Clock = Clock };
}
