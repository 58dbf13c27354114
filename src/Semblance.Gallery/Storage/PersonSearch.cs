using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Storage;

/// <summary>A search for similar people.</summary>
public sealed record PersonSearch
{
    /// <summary>Unit vectors of the gallery's dimension.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Probes { get; init; }

    /// <summary>How many people a probe gets at most, 1 or more.</summary>
    public required int Count { get; init; }

    /// <summary>How a person's references are taken together.</summary>
    public required ReferenceFusion Fusion { get; init; }

    /// <summary>Whom to look for.</summary>
    public PersonKind Kind { get; init; }

    /// <summary>People who have expired by then are left out.</summary>
    public required DateTimeOffset Now { get; init; }
}
