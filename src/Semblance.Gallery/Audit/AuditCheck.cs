using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Audit;

/// <summary>Checks the audit log: the chain, its recorded end, a receipt, and that it accounts for everybody who is held.</summary>
internal sealed class AuditCheck(IGalleryStore store)
{
    private readonly List<string> _problems = [];
    private readonly Dictionary<Guid, int> _references = [];
    private readonly HashSet<Guid> _removed = [];

    public async Task<AuditReport> RunAsync(AuditHead? receipt, CancellationToken cancellationToken)
    {
        AuditHead? last = null;
        bool receiptFound = receipt is null;
        long entries = 0;
        await foreach (AuditEntry entry in store.ReadAuditAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!AuditChain.Follows(entry, last))
                _problems.Add($"entry {entry.Sequence} was altered, or an entry before it is missing");
            last = entry.Head;
            entries++;
            if (receipt == last)
                receiptFound = true;
            Account(entry.Event);
        }
        AuditHead? recorded = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        if (recorded != last)
            _problems.Add(
                $"the log ends with entry {last?.Sequence ?? 0}, but entry {recorded?.Sequence ?? 0} was recorded as the newest: its "
                    + $"end is missing"
            );
        if (!receiptFound)
            _problems.Add($"entry {receipt!.Sequence} with hash {receipt.Hash} is not in the log");
        await CompareWithStoreAsync(cancellationToken).ConfigureAwait(false);
        return new(entries, last, _problems);
    }

    private void Account(AuditEvent e)
    {
        if (e.PersonId is not { } id)
            return;
        switch (e.Action)
        {
            case AuditAction.PersonEnrolled:
                _references[id] = 0;
                break;
            case AuditAction.ReferencesAdded:
                _references[id] = _references.GetValueOrDefault(id) + e.References;
                break;
            case AuditAction.ReferencesRemoved:
                _references[id] = _references.GetValueOrDefault(id) - e.References;
                break;
            case AuditAction.PersonRemoved or AuditAction.PersonExpired:
                _references.Remove(id);
                _removed.Add(id);
                break;
        }
    }

    private async Task CompareWithStoreAsync(CancellationToken cancellationToken)
    {
        Dictionary<Guid, int> held = [];
        await foreach (Person person in store.ReadPeopleAsync(cancellationToken).ConfigureAwait(false))
            held[person.Id] = 0;
        await foreach (FaceReference reference in store.ReadAllReferencesAsync(cancellationToken).ConfigureAwait(false))
            held[reference.PersonId] = held.GetValueOrDefault(reference.PersonId) + 1;
        foreach ((Guid id, int count) in held.OrderBy(pair => pair.Key))
        {
            if (_removed.Contains(id))
                _problems.Add($"person {id} is held although the log says that they were removed");
            else if (!_references.TryGetValue(id, out int logged))
                _problems.Add($"person {id} is held without having been enrolled");
            else if (logged != count)
                _problems.Add($"person {id} has {count} references, {logged} by the log");
        }
        foreach (Guid id in _references.Keys.Where(id => !held.ContainsKey(id)).Order())
            _problems.Add($"person {id} is gone without having been removed");
    }
}
