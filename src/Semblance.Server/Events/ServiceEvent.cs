namespace Semblance.Server.Events;

/// <summary>Something happened that programs want to hear of. Carries ids, and the name where somebody known was seen; never pictures or
/// vectors.</summary>
/// <param name="Id">Ascending; for <c>Last-Event-ID</c>.</param>
/// <param name="Type"><c>identified</c>, <c>unknown</c>, <c>cannot-tell</c>, <c>enrolled</c>, <c>updated</c> or <c>removed</c>.</param>
/// <param name="At">When.</param>
/// <param name="Gallery">In which gallery.</param>
/// <param name="RequestId">By which request.</param>
/// <param name="Person">Id of the person; null for a stranger.</param>
/// <param name="Name">What the person is called; null for a stranger.</param>
/// <param name="Input">What the picture was called.</param>
internal sealed record ServiceEvent(
    long Id,
    string Type,
    DateTimeOffset At,
    string Gallery,
    string RequestId,
    Guid? Person,
    string? Name,
    string? Input
);
