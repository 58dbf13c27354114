namespace Semblance.Gallery.Privacy;

/// <summary>Everything that is held about one person.</summary>
/// <param name="Person">The person.</param>
/// <param name="References">Their references.</param>
/// <param name="Crops">The crops that were kept, as PNG, by reference.</param>
/// <param name="History">What happened to the person's record.</param>
public sealed record PersonExport(
    Person Person,
    IReadOnlyList<FaceReference> References,
    IReadOnlyDictionary<Guid, ReadOnlyMemory<byte>> Crops,
    IReadOnlyList<Audit.AuditEntry> History
);
