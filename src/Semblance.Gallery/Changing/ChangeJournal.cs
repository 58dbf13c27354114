using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Changing;

/// <summary>What every change needs: ids, the time, and an audit entry that binds what is held about a person afterwards.</summary>
internal sealed class ChangeJournal(IGalleryStore store, TimeProvider clock, OrderedIds ids, AuditActor actor)
{
    public IGalleryStore Store => store;

    public RecordDigest Digest => store.Digest;

    /// <summary>Now.</summary>
    public DateTimeOffset Time => clock.GetUtcNow();

    /// <summary>Times are kept to the millisecond, so that what is returned is what is read later.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    public Guid NewId() => ids.Next(clock.GetUtcNow());

    /// <summary>The same for somebody else.</summary>
    public ChangeJournal As(AuditActor other) => new(store, clock, ids, other);

    /// <summary>Adds an entry that follows the newest.</summary>
    public async Task<AuditEntry> AppendAsync(
        IGalleryTransaction transaction,
        AuditAction action,
        Guid? personId,
        int references,
        string? detail,
        CancellationToken cancellationToken
    )
    {
        AuditHead? head = await transaction.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        AuditEvent happened = new(clock.GetUtcNow(), action, personId, references, detail)
        {
            Actor = actor.Name,
            Request = actor.Request,
            Digest = personId is { } id ? await DigestAsync(transaction, id, cancellationToken).ConfigureAwait(false) : null,
        };
        AuditEntry entry = AuditChain.Next(head, happened, store.Digest);
        await transaction.AppendAuditAsync(entry, cancellationToken).ConfigureAwait(false);
        return entry;
    }

    /// <summary>Adds an entry and nothing else.</summary>
    public Task RecordAsync(AuditAction action, string detail, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => AppendAsync(transaction, action, null, 0, detail, cancellationToken), cancellationToken);

    /// <exception cref="PersonNotFoundException">There is no such person.</exception>
    public async Task<Person> RequireAsync(IGalleryTransaction transaction, Guid personId, CancellationToken cancellationToken) =>
        await transaction.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false)
        ?? throw new PersonNotFoundException(store.Address, personId.ToString());

    /// <exception cref="GalleryException">There is no such reference.</exception>
    public async Task<FaceReference> RequireReferenceAsync(
        IGalleryTransaction transaction,
        Guid referenceId,
        CancellationToken cancellationToken
    ) =>
        await transaction.FindReferenceAsync(referenceId, cancellationToken).ConfigureAwait(false)
        ?? throw new ReferenceNotFoundException(store.Address, referenceId);

    /// <exception cref="ConsentRequiredException">The gallery needs a consent reference and there is none.</exception>
    public void CheckConsent(string? consent, string name)
    {
        if (store.Settings.RequireConsent && string.IsNullOrWhiteSpace(consent))
            throw new ConsentRequiredException(store.Address, name);
    }

    /// <summary>Refuses a caller's id that somebody else has.</summary>
    /// <exception cref="GalleryConflictException">Somebody else has it.</exception>
    public async Task CheckExternalIdAsync(IGalleryTransaction transaction, Person person, CancellationToken cancellationToken)
    {
        if (
            person.ExternalId is { } id
            && await transaction.FindPersonByExternalIdAsync(id, cancellationToken).ConfigureAwait(false) is { } holder
            && holder.Id != person.Id
        )
            throw new GalleryConflictException($"{store.Address}: {holder.Name} ({holder.Id}) has the outside id '{id}' already");
    }

    /// <summary>Digest of what is held about a person; null for nobody.</summary>
    public async Task<string?> DigestAsync(IGalleryTransaction transaction, Guid personId, CancellationToken cancellationToken) =>
        await transaction.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false) is { } person
            ? store.Digest.Of(person, await transaction.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false))
            : null;
}
