using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Gallery.Postgres;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;
using Semblance.Server.Failures;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Galleries;

/// <summary>The galleries that are served, opened together and closed together.</summary>
internal sealed class GallerySet : IAsyncDisposable
{
    private readonly List<ServedGallery> _galleries = [];
    private readonly List<FaceAnalyzer> _analyzers = [];

    /// <summary>The kinds of stores that are known.</summary>
    public static GalleryStores Stores { get; } = new(new SqliteStoreProvider(), new PostgresGalleryProvider());

    /// <summary>All galleries, in the order of the settings.</summary>
    public IReadOnlyList<ServedGallery> All => _galleries;

    /// <summary>The analyzer for requests that are about no gallery.</summary>
    public FaceAnalyzer Analyzer => _galleries[0].Analyzer;

    /// <summary>Opens all galleries, makes those that are not there, and builds one analyzer for each contract.</summary>
    public static async Task<GallerySet> OpenAsync(
        ServiceOptions options,
        Func<FaceAnalyzerBuilder> analyzers,
        CancellationToken cancellationToken
    )
    {
        GallerySet set = new();
        try
        {
            foreach (ServedStore store in options.Stores)
                set._galleries.Add(await set.OpenAsync(store, options, analyzers, cancellationToken).ConfigureAwait(false));
            return set;
        }
        catch
        {
            await set.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The gallery that a request is about: the one it names, else the key's, else the first.</summary>
    /// <exception cref="RequestException">There is none of that name, or the key may not use it.</exception>
    public ServedGallery Of(HttpContext http, Caller? caller = null)
    {
        caller ??= KeyCheck.CallerOf(http);
        string? asked = http.Request.Query["gallery"] is [{ Length: > 0 } name, ..] ? name : null;
        if (caller.Gallery is { } bound && asked is not null && asked != bound)
            throw new RequestException(403, "forbidden", $"the key '{caller.Name}' may use the gallery '{bound}' alone");
        string wanted = asked ?? caller.Gallery ?? _galleries[0].Name;
        ServedGallery served = _galleries.FirstOrDefault(gallery => gallery.Name == wanted)
            ?? throw RequestException.NotFound($"there is no gallery '{wanted}'");
        // Every change is logged with the key and the request that asked for it.
        return served with { Gallery = served.Gallery.As(new(caller.Actor, RequestIds.Of(http))) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServedGallery gallery in _galleries)
            await gallery.Gallery.DisposeAsync().ConfigureAwait(false);
        foreach (FaceAnalyzer analyzer in _analyzers)
            analyzer.Dispose();
    }

    private async Task<ServedGallery> OpenAsync(
        ServedStore store,
        ServiceOptions options,
        Func<FaceAnalyzerBuilder> analyzers,
        CancellationToken cancellationToken
    )
    {
        IGalleryStore opened;
        try
        {
            opened = await Stores.OpenAsync(store.Address, new() { Key = store.Key }, cancellationToken).ConfigureAwait(false);
        }
        catch (GalleryNotFoundException)
        {
            FaceAnalyzer fresh = AnalyzerFor(null, analyzers);
            try
            {
                FaceGallery made = await FaceGallery
                    .CreateAsync(
                        Stores,
                        store.Address,
                        new()
                        {
                            Contract = GalleryContract.Of(fresh.Embedder),
                            KeepCrops = options.Crops == CropPolicy.Keep,
                            Encrypted = store.Key is not null,
                        },
                        new() { Key = store.Key },
                        new() { Matcher = fresh.Matcher },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                return new(store.Name, made, fresh);
            }
            catch (GalleryExistsException)
            {
                // Another replica that started at the same time was faster.
                opened = await Stores.OpenAsync(store.Address, new() { Key = store.Key }, cancellationToken).ConfigureAwait(false);
            }
        }
        try
        {
            FaceAnalyzer analyzer = AnalyzerFor(opened.Settings.Contract, analyzers);
            return new(store.Name, new FaceGallery(opened, new() { Matcher = analyzer.Matcher }), analyzer);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private FaceAnalyzer AnalyzerFor(GalleryContract? contract, Func<FaceAnalyzerBuilder> analyzers)
    {
        if (_analyzers.FirstOrDefault(held => contract is null || held.Embedder.Contract == contract.Contract) is { } known)
            return known;
        FaceAnalyzerBuilder builder = analyzers();
        if (contract is not null)
            builder
                .UseEmbedder(contract.Embedder)
                .UseEmbedding(new() { Flip = contract.Contract.EndsWith("+flip", StringComparison.Ordinal) });
        FaceAnalyzer analyzer = builder.Build();
        _analyzers.Add(analyzer);
        return analyzer;
    }
}
