namespace Semblance.Evaluation.Detection;

/// <summary>How far landmarks are from labelled ones.</summary>
/// <param name="Faces">Labelled faces with landmarks.</param>
/// <param name="Missed">Faces that were not found; they are failures and have no error.</param>
/// <param name="MeanByBox">Mean distance over points and faces by √(box width × height).</param>
/// <param name="MeanByEyes">Mean distance by the distance of the eyes; null where no face has two different eyes.</param>
/// <param name="FailureRate">Share of faces with a mean distance by box above <see cref="LandmarkProtocol.Failure"/>, or not found.</param>
/// <param name="MeanByPoint">Mean distance by box of right eye, left eye, nose, right and left mouth corner.</param>
/// <param name="Cumulative">Share of faces with at most an error (by box), at steps of the error.</param>
public sealed record LandmarkReport(
    int Faces,
    int Missed,
    double MeanByBox,
    double? MeanByEyes,
    double FailureRate,
    IReadOnlyList<double> MeanByPoint,
    IReadOnlyList<(double Error, double Share)> Cumulative
);
