using Semblance.Models.Installing;

namespace Semblance.Models.Pulling;

/// <summary>
/// Downloads models of the catalogue into the user's store: resumed where it broke, compared with the hash in the catalogue, checked
/// against its manifest, and moved into place at once. Whatever fails, no half model is ever seen.
/// </summary>
public sealed class ModelPuller : IDisposable
{
    /// <summary>Files may be so much larger than the catalogue says, whose sizes are rounded.</summary>
    private const double SizeSlack = 1.2;

    /// <summary>The largest file of a model whose size is not known.</summary>
    private const long LargestUnknown = 1L << 30;

    private readonly ModelStore _store;
    private readonly PullableCatalog _catalog;
    private readonly PullOptions _options;
    private readonly HttpClient _client;

    /// <summary>Creates the puller.</summary>
    /// <param name="store">Where models go; incomplete downloads lie in <c>downloads</c> beside it.</param>
    /// <param name="catalog">What there is.</param>
    /// <param name="options">How downloads are made.</param>
    public ModelPuller(ModelStore store, PullableCatalog catalog, PullOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _catalog, _options) = (store, catalog, options);
        _client = new(new SocketsHttpHandler { ConnectTimeout = options.StallTimeout }) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("semblance");
    }

    /// <summary>Where incomplete downloads lie.</summary>
    public string Downloads =>
        Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_store.Folder)))!, "downloads");

    /// <summary>Downloads a model, unless it is here.</summary>
    /// <param name="id">Catalogue id.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops; what is here is kept for the next time.</param>
    /// <exception cref="PullException">It could not be downloaded.</exception>
    /// <exception cref="ModelException">It is not in the catalogue, the id is taken by another model, or the file is not what its manifest
    /// promises.</exception>
    public async Task<InstalledModel> PullAsync(
        string id,
        IProgress<PullProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        PullableModel model = _catalog.Find(id);
        if (FindPulled(model) is { } here)
            return here;
        if (_options.Network == NetworkUse.Forbidden)
            throw new PullException(id, "it is not here and downloads are switched off")
            {
                Remedy = $"allow them, by {PullOptions.OfflineVariable} too",
            };
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(_options.TimeLimit);
        try
        {
            string file = await FetchAsync(model, progress, limited.Token).ConfigureAwait(false);
            // The manifest names the hash, which is compared once more where the file ends up.
            return _store.Add(
                model.Manifest,
                new Dictionary<string, string> { [InstalledModel.SingleRole] = file },
                new() { Source = SourceFiles.Move },
                cancellationToken
            );
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PullException(
                id,
                $"it took longer than {_options.TimeLimit:g} (hours, minutes, seconds); pull again to go on from there",
                e
            );
        }
        catch (IOException e)
        {
            throw new PullException(id, $"it cannot be written below {Downloads}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private InstalledModel? FindPulled(PullableModel model)
    {
        ModelCatalog here = new(_store.Folder);
        if (!here.Contains(model.Id))
            return null;
        InstalledModel found = here.Find(model.Id);
        return
            found.Manifest.Files.TryGetValue(InstalledModel.SingleRole, out ModelFile? file)
            && file.Sha256 == model.Sha256
            && found.FindAlteredFiles().Count == 0
            ? found
            : throw new ModelException(
                model.Id,
                $"another model of this id is in {found.Folder}, or its file was altered; remove it first"
            );
    }

    private async Task<string> FetchAsync(PullableModel model, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        Uri address = new(_options.From ?? _catalog.Base, model.Address);
        long limit = model.Megabytes is { } megabytes ? (long)(megabytes * 1e6 * SizeSlack) + 1_000_000 : LargestUnknown;
        Download download = new(_client, _options, model.Id, address, limit);
        PartialFile file = PartialFile.Open(Downloads, model.Sha256);
        await using (file.ConfigureAwait(false))
        {
            bool resumed = file.Length > 0;
            try
            {
                await download.RunAsync(file, progress, cancellationToken).ConfigureAwait(false);
                string hash = await file.HashAsync(cancellationToken).ConfigureAwait(false);
                if (hash != model.Sha256 && resumed)
                {
                    // What was here before may have been of another file: once more from the beginning.
                    file.ContinueAt(0);
                    await download.RunAsync(file, progress, cancellationToken).ConfigureAwait(false);
                    hash = await file.HashAsync(cancellationToken).ConfigureAwait(false);
                }
                if (hash != model.Sha256)
                    throw new WrongHashException(hash);
            }
            catch (WrongHashException e)
            {
                await file.DeleteAsync().ConfigureAwait(false);
                throw new PullException(
                    model.Id,
                    $"the file at {address} has the SHA-256 {e.Hash}, the catalogue says {model.Sha256}; it was thrown away"
                );
            }
            catch (IOException)
            {
                // A disk without space is not helped by keeping half a file on it.
                await file.DeleteAsync().ConfigureAwait(false);
                throw;
            }
        }
        return file.Path;
    }

    private sealed class WrongHashException(string hash) : Exception
    {
        public string Hash { get; } = hash;
    }
}
