using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Storage;

/// <summary>A store that can encrypt references and crops.</summary>
public interface IEncryptedStore
{
    /// <summary>Seals everything with another key, in one transaction; the old key opens nothing afterwards.</summary>
    /// <param name="newKey">The key from now on.</param>
    /// <param name="record">Runs in the same transaction.</param>
    /// <param name="cancellationToken">Stops the work; then the old key stays.</param>
    Task RotateKeyAsync(EncryptionKey newKey, Func<IGalleryTransaction, Task> record, CancellationToken cancellationToken = default);
}
