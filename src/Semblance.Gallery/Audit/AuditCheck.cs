using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Audit;

/// <summary>Checks the audit log: the chain and its seals, its beginning and recorded end, a receipt, and that it accounts for everything
/// that is held.</summary>
internal sealed class AuditCheck(IGalleryStore store)
{
    private readonly List<string> _problems = [];
    private readonly Dictionary<Guid, int> _references = [];
    private readonly Dictionary<Guid, string> _digests = [];
    private readonly HashSet<Guid> _removed = [];

    public async Task<AuditReport> RunAsync(AuditHead? receipt, CancellationToken cancellationToken)
    {
        AuditHead? last = null;
        bool receiptFound = receipt is null,
            isSealed = false;
        long entries = 0;
        await foreach (AuditEntry entry in store.ReadAuditAsync(0, cancellationToken).ConfigureAwait(false))
        {
            if (entries == 0)
                CheckBeginning(entry);
            if (!AuditChain.Follows(entry, last))
                _problems.Add($"entry {entry.Sequence} was altered, or an entry before it is missing");
            CheckSeal(entry, ref isSealed);
            last = entry.Head;
            entries++;
            if (receipt == last)
                receiptFound = true;
            Account(entry.Event);
        }
        if (entries == 0)
            _problems.Add("the log is empty; every log begins with the creation of its gallery");
        if (store.Digest.IsKeyed && entries > 0 && !isSealed)
            _problems.Add("no entry is sealed with the key, so the log was written by somebody who has none");
        AuditHead? recorded = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        if (recorded != last)
            _problems.Add(
                $"the log ends with entry {last?.Sequence ?? 0}, but entry {recorded?.Sequence ?? 0} was recorded as the newest: its "
                    + $"end is missing"
            );
        if (!receiptFound)
            _problems.Add($"entry {receipt!.Sequence} with hash {receipt.Hash} is not in the log");
        long unbound = await CompareWithStoreAsync(cancellationToken).ConfigureAwait(false);
        return new(entries, last, _problems) { Unbound = unbound };
    }

    private void CheckBeginning(AuditEntry first)
    {
        if (first.Sequence != 1 || first.Event.Action is not (AuditAction.Created or AuditAction.Restored))
            _problems.Add("the log does not begin with the creation of the gallery: its beginning is missing");
        else
        {
            if (AuditChain.SaysEncrypted(first) && !store.Settings.Encrypted)
                _problems.Add("the gallery was created encrypted and is not encrypted now");
            if (AuditChain.SaysConsentRequired(first) && !store.Settings.RequireConsent)
                _problems.Add("the gallery was created to require consent and does not now");
        }
    }

    private void CheckSeal(AuditEntry entry, ref bool isSealed)
    {
        if (!store.Digest.IsKeyed)
            return;
        // Entries of before there were seals have none; from the first that has one on, all have.
        if (entry.Seal is null ? isSealed : entry.Seal != store.Digest.SealOf(entry.Hash))
            _problems.Add($"entry {entry.Sequence} was written by somebody who does not have the key");
        isSealed |= entry.Seal is not null;
    }

    private void Account(AuditEvent e)
    {
        if (e.PersonId is not { } id)
            return;
        if (e.Digest is { } digest)
            _digests[id] = digest;
        switch (e.Action)
        {
            case AuditAction.PersonEnrolled:
                _references[id] = 0;
                break;
            case AuditAction.PersonReturned:
                _references[id] = 0;
                _removed.Remove(id);
                break;
            case AuditAction.ReferencesAdded or AuditAction.ReferencesMovedHere:
                _references[id] = _references.GetValueOrDefault(id) + e.References;
                break;
            case AuditAction.ReferencesRemoved or AuditAction.ReferencesMovedAway:
                _references[id] = _references.GetValueOrDefault(id) - e.References;
                break;
            case AuditAction.PersonRemoved or AuditAction.PersonExpired or AuditAction.PersonMerged:
                _references.Remove(id);
                _removed.Add(id);
                break;
        }
    }

    private async Task<long> CompareWithStoreAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> held = [];
        long unbound = 0,
            counted = 0;
        await foreach (Person person in store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
        {
            held.Add(person.Id);
            IReadOnlyList<FaceReference> references = await store.ReadReferencesAsync(person.Id, cancellationToken).ConfigureAwait(false);
            counted += references.Count;
            if (_removed.Contains(person.Id))
                _problems.Add($"person {person.Id} is held although the log says that they were removed");
            else if (!_references.TryGetValue(person.Id, out int logged))
                _problems.Add($"person {person.Id} is held without having been enrolled");
            else if (logged != references.Count)
                _problems.Add($"person {person.Id} has {references.Count} references, {logged} by the log");
            else if (!_digests.TryGetValue(person.Id, out string? digest))
                unbound++;
            else
                await CompareAsync(person, references, digest, cancellationToken).ConfigureAwait(false);
        }
        foreach (Guid id in _references.Keys.Where(id => !held.Contains(id)).Order())
            _problems.Add($"person {id} is gone without having been removed");
        long all = 0;
        await foreach (FaceReference _ in store.ReadAllReferencesAsync(cancellationToken).ConfigureAwait(false))
            all++;
        if (all != counted)
            _problems.Add($"{all} references are held, {counted} of them of people who are held");
        return unbound;
    }

    private async Task CompareAsync(
        Person person,
        IReadOnlyList<FaceReference> references,
        string digest,
        CancellationToken cancellationToken
    )
    {
        bool altered = false;
        foreach (FaceReference reference in references)
        {
            ReadOnlyMemory<byte> crop = reference.HasCrop
                ? await store.ReadCropAsync(reference.Id, cancellationToken).ConfigureAwait(false)
                : default;
            if (store.Digest.Of(reference, crop.Span) == reference.Digest)
                continue;
            altered = true;
            _problems.Add($"reference {reference.Id} of person {person.Id} was altered");
        }
        if (store.Digest.Of(person, references) != digest)
            _problems.Add(
                altered
                    ? $"details or references of person {person.Id} were altered"
                    : $"details of person {person.Id} (name, consent, expiry, metadata or which references they have) were altered"
            );
    }
}
