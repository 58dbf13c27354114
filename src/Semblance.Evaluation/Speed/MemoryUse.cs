namespace Semblance.Evaluation.Speed;

/// <summary>Memory in use after a collection.</summary>
/// <param name="Images">Analysed so far.</param>
/// <param name="WorkingSetBytes">Of the whole process, native memory included.</param>
/// <param name="ManagedBytes">Managed objects.</param>
public sealed record MemoryUse(int Images, long WorkingSetBytes, long ManagedBytes);
