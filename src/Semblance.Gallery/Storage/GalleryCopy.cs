using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Storage;

/// <summary>Copies all that a gallery holds, with its log, into another one that was just made.</summary>
public static class GalleryCopy
{
    /// <summary>Copies.</summary>
    /// <param name="people">Everybody.</param>
    /// <param name="log">The whole log; its first entry is in the target already.</param>
    /// <param name="reader">Reads references and crops of the same moment.</param>
    /// <param name="target">Takes them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task RunAsync(
        IAsyncEnumerable<Person> people,
        IAsyncEnumerable<AuditEntry> log,
        IGalleryReader reader,
        IGalleryTransaction target,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(target);
        await foreach (Person person in people.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await target.InsertPersonAsync(person, cancellationToken).ConfigureAwait(false);
            foreach (FaceReference reference in await reader.ReadReferencesAsync(person.Id, cancellationToken).ConfigureAwait(false))
            {
                ReadOnlyMemory<byte> crop = reference.HasCrop
                    ? await reader.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false)
                    : default;
                await target.InsertReferenceAsync(reference, crop, cancellationToken).ConfigureAwait(false);
            }
        }
        await foreach (AuditEntry entry in log.WithCancellation(cancellationToken).ConfigureAwait(false))
            if (entry.Sequence > 1)
                await target.AppendAuditAsync(entry, cancellationToken).ConfigureAwait(false);
    }
}
