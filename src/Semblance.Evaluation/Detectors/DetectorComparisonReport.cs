namespace Semblance.Evaluation.Detectors;

/// <summary>Detectors side by side.</summary>
/// <param name="Detectors">Figures of each; times are ratios to the first.</param>
public sealed record DetectorComparisonReport(IReadOnlyList<DetectorFigures> Detectors)
{
    /// <summary>The detector whose landmarks counted as true.</summary>
    public string? Yardstick { get; init; }

    /// <summary>Photographs with labelled faces; null without any.</summary>
    public LabelledPictures? Labelled { get; init; }

    /// <summary>Whole pictures without a face.</summary>
    public int FaceFree { get; init; }

    /// <summary>Face-free cuttings.</summary>
    public int Cuttings { get; init; }

    /// <summary>Photographs of 640 × 480 pixels that were timed.</summary>
    public int SmallPhotographs { get; init; }

    /// <summary>Photographs of 12 megapixels that were timed.</summary>
    public int LargePhotographs { get; init; }

    /// <summary>Repetitions of each.</summary>
    public int Repetitions { get; init; }

    /// <summary>What could not be measured, and why.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>Pictures that cannot be read, with the reason; nothing was found on them.</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; init; } = new Dictionary<string, string>();
}

/// <summary>Photographs with labelled faces.</summary>
/// <param name="Pictures">Photographs.</param>
/// <param name="Faces">Faces on them that are not ignored.</param>
public sealed record LabelledPictures(int Pictures, int Faces);
