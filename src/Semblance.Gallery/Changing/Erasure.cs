using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>Erases the traces of what was removed, when the policy says so.</summary>
internal sealed class Erasure(IGalleryStore store, ErasurePolicy policy)
{
    /// <summary>After a removal.</summary>
    /// <exception cref="ErasureUnfinishedException">It cannot be done now; it carries the receipts.</exception>
    public Task AfterAsync(IReadOnlyList<AuditEntry> removed, CancellationToken cancellationToken) =>
        policy == ErasurePolicy.Deferred ? Task.CompletedTask : RunAsync(removed, cancellationToken);

    /// <summary>Now.</summary>
    /// <exception cref="ErasureUnfinishedException">It cannot be done now.</exception>
    public async Task RunAsync(IReadOnlyList<AuditEntry> removed, CancellationToken cancellationToken)
    {
        try
        {
            await store.EraseRemovedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GalleryException or OperationCanceledException)
        {
            // The removal itself is made and logged; whoever asked for it must get the receipt.
            if (e is OperationCanceledException && removed.Count == 0)
                throw;
            throw new ErasureUnfinishedException(store.Address, removed, e);
        }
    }
}
