namespace Semblance.Server.Access;

/// <summary>Somebody searched, or looked at a person. Carries ids alone: no names, no vectors, no pictures.</summary>
/// <param name="At">When.</param>
/// <param name="RequestId">Which request.</param>
/// <param name="Key">Id of the key.</param>
/// <param name="Gallery">Which gallery.</param>
/// <param name="Action">What: <c>identify</c>, <c>verify</c>, <c>look</c>, <c>list</c>, <c>crop</c>, <c>log</c> (the log itself, with
/// names).</param>
/// <param name="People">Whom the answer named; empty for nobody.</param>
/// <param name="Faces">How many faces were asked about; null where that means nothing.</param>
internal sealed record AccessEntry(
    DateTimeOffset At,
    string RequestId,
    string Key,
    string Gallery,
    string Action,
    IReadOnlyList<Guid> People,
    int? Faces
);
