namespace Semblance.Evaluation.Templates;

/// <summary>What a template protocol gave.</summary>
public sealed record TemplateReport
{
    /// <summary>Pictures of the lists, each counted once.</summary>
    public required int Pictures { get; init; }

    /// <summary>Those on which no face was found, or that cannot be read.</summary>
    public required int Missed { get; init; }

    /// <summary>Templates of the lists.</summary>
    public required int Templates { get; init; }

    /// <summary>Those without a single face: never accepted, never found.</summary>
    public required int WithoutFace { get; init; }

    /// <summary>Stills and videos of all templates.</summary>
    public required int Media { get; init; }

    /// <summary>How faces were weighed.</summary>
    public required TemplatePooling Pooling { get; init; }

    /// <summary>Verification; null where no pairs are listed.</summary>
    public TemplateVerification? Verification { get; init; }

    /// <summary>Identification, gallery by gallery.</summary>
    public IReadOnlyList<TemplateIdentification> Identification { get; init; } = [];
}
