namespace Semblance.Evaluation.Verification;

/// <summary>How well pairs are told apart.</summary>
/// <param name="Pairs">Pairs in all.</param>
/// <param name="Images">Different pictures.</param>
/// <param name="Missed">Pictures without a face, each counted once.</param>
/// <param name="Accuracy">Mean over the folds; a pair with a missed picture is wrong.</param>
/// <param name="AccuracyStd">Standard deviation over the folds (population).</param>
/// <param name="Threshold">Mean of the folds' thresholds (cosine).</param>
/// <param name="Auc">Area under the ROC curve; a pair with a missed picture is less similar than all others.</param>
/// <param name="Eer">Equal error rate.</param>
/// <param name="TarAtFmr">Fraction of same pairs accepted at a false match rate, by rate; missed ones are not accepted.</param>
public sealed record VerificationReport(
    int Pairs,
    int Images,
    int Missed,
    double Accuracy,
    double AccuracyStd,
    double Threshold,
    double Auc,
    double Eer,
    IReadOnlyDictionary<string, double> TarAtFmr
)
{
    /// <summary>Pictures that cannot be read; they count as pictures without a face.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public int Unreadable { get; init; }

    /// <summary>What the thresholds in use do on degraded pictures; null where it was not asked for.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConditionReport>? Conditions { get; init; }
}
