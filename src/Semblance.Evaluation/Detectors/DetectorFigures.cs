namespace Semblance.Evaluation.Detectors;

/// <summary>What was measured of one detector; null is what was not.</summary>
/// <param name="Detector">Catalogue id.</param>
/// <param name="CommercialUse">Whether its licence allows commercial use; null where nobody knows.</param>
/// <param name="WeightBytes">Bytes of its networks.</param>
public sealed record DetectorFigures(string Detector, bool? CommercialUse, long WeightBytes)
{
    /// <summary>Average precision by minimum height in pixels.</summary>
    public IReadOnlyDictionary<string, double>? AveragePrecision { get; init; }

    /// <summary>Landmarks against the yardstick's; null for the yardstick itself.</summary>
    public LandmarkFigures? Landmarks { get; init; }

    /// <summary>Ten-fold accuracy on pairs of news photographs.</summary>
    public AccuracyFigures? Pairs { get; init; }

    /// <summary>Ten-fold accuracy on pairs of a frontal and a profile picture.</summary>
    public AccuracyFigures? FrontalProfile { get; init; }

    /// <summary>Faces found at the default score on whole pictures without one.</summary>
    public int? FalseFaces { get; init; }

    /// <summary>Faces found at the default score on face-free cuttings.</summary>
    public int? FalseFacesOnCuttings { get; init; }

    /// <summary>Detection on decoded photographs of 640 × 480 pixels, on one thread.</summary>
    public TimeFigures? Small { get; init; }

    /// <summary>Decoding and detection of photographs of 12 megapixels, on one thread.</summary>
    public TimeFigures? Large { get; init; }

    /// <summary>Peak of a fresh process's memory in bytes on a photograph of 12 megapixels.</summary>
    public long? PeakBytes { get; init; }
}

/// <summary>Landmarks against those of another detector.</summary>
/// <param name="Faces">Faces that it is sure of.</param>
/// <param name="Missed">Those that were not found.</param>
/// <param name="MeanByBox">Mean distance by √(box width × height) of the others.</param>
/// <param name="FailureRate">Share of faces that are missed or further off than <see cref="Detection.LandmarkProtocol.Failure"/>.</param>
public sealed record LandmarkFigures(int Faces, int Missed, double MeanByBox, double FailureRate);

/// <summary>Accuracy on pairs.</summary>
/// <param name="Accuracy">Ten-fold; a pair with a picture without a face is wrong.</param>
/// <param name="Missed">Pictures without a face.</param>
/// <param name="Images">Pictures.</param>
/// <param name="Pairs">Pairs.</param>
public sealed record AccuracyFigures(double Accuracy, int Missed, int Images, int Pairs);

/// <summary>A time.</summary>
/// <param name="Milliseconds">Processor time: mean over photographs of the median over repetitions.</param>
/// <param name="Ratio">By the first detector's, in the same run.</param>
public sealed record TimeFigures(double Milliseconds, double Ratio);
