namespace Semblance.Evaluation.Speed;

/// <summary>Memory early and late.</summary>
/// <param name="Settled">After the first images.</param>
/// <param name="End">After all.</param>
/// <param name="Growth">Working set at the end over that of before.</param>
public sealed record MemoryReport(MemoryUse Settled, MemoryUse End, double Growth);
