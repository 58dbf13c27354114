namespace Semblance.Evaluation.Calibration;

/// <summary>Whether thresholds that one half of a set makes hold for the groups and conditions of the other, both ways.</summary>
/// <param name="People">People (pictures, where nobody is named) in each half.</param>
/// <param name="Faces">Faces in each half, degraded copies among them.</param>
/// <param name="Members">Members of the cohort that each half made.</param>
/// <param name="SecondPictures">Pairs of pictures without names that are taken for pictures of one person and are not compared.</param>
/// <param name="Rows">Every group at every rate: broken bounds first, then those that come nearest to theirs.</param>
public sealed record HalvesReport(
    IReadOnlyList<int> People,
    IReadOnlyList<int> Faces,
    IReadOnlyList<int> Members,
    int SecondPictures,
    IReadOnlyList<HalvesRow> Rows
);
