using Semblance.Imaging;

namespace Semblance.Gallery.Enrolling;

/// <summary>How photographs are read for enrolment.</summary>
public sealed record PhotoReaderOptions
{
    /// <summary>Size of bystanders where none is given.</summary>
    public const double DefaultBystanderSize = 0.6;

    /// <summary>The default options.</summary>
    public static PhotoReaderOptions Default { get; } = new();

    /// <summary>What is good enough.</summary>
    public QualityGate Gate { get; init; } = QualityGate.Default;

    /// <summary>Which face where there are several; by default such a photograph is refused, unless the others are bystanders.
    /// <see cref="FaceChoice.All"/> is not possible.</summary>
    public FaceChoice Face { get; init; } = FaceChoice.Only;

    /// <summary>
    /// With <see cref="FaceChoice.Only"/>, faces lower than this fraction of the largest are bystanders and not counted; 0 counts every
    /// face. Where the heights differ by less, nobody can say whose picture it is.
    /// </summary>
    public double BystanderSize { get; init; } = DefaultBystanderSize;

    /// <summary>Whether crops are cut; true for galleries that keep them.</summary>
    public bool KeepCrops { get; init; }

    /// <summary>How pictures are decoded.</summary>
    public ImageDecodingOptions Decoding { get; init; } = new();
}
