using Semblance.Conversion.Architectures;

namespace Semblance.Conversion;

/// <summary>What an import does not take from the checkpoint itself.</summary>
public sealed record CheckpointImportOptions
{
    /// <summary>The id of the architecture that is expected, so that a mismatch is told against it; null recognises it.</summary>
    public string? Architecture { get; init; }

    /// <summary>How graphs are written.</summary>
    public GraphForm Form { get; init; } = GraphForm.Fast;
}
