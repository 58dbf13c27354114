namespace Semblance.Evaluation.Detection;

/// <summary>How well a detector finds faces.</summary>
/// <param name="Images">Pictures.</param>
/// <param name="Faces">Labelled faces that are not ignored.</param>
/// <param name="Ap">Average precision by minimum height in pixels.</param>
/// <param name="RecallAt1FalsePositivePerImage">Recall where there is one false detection a picture on average, by minimum height.</param>
/// <param name="ScoreFloor">The lowest score that the detector gave out.</param>
public sealed record DetectionReport(
    int Images,
    int Faces,
    IReadOnlyDictionary<string, double> Ap,
    IReadOnlyDictionary<string, double> RecallAt1FalsePositivePerImage,
    double ScoreFloor
)
{
    /// <summary>Pictures that cannot be read; they count as pictures without a face.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int Unreadable { get; init; }
}
