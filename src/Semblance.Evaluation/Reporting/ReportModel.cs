namespace Semblance.Evaluation.Reporting;

/// <summary>A model that took part.</summary>
/// <param name="Id">Catalogue id.</param>
/// <param name="Does">What it does.</param>
/// <param name="Sha256">Hashes of its files by role.</param>
/// <param name="License">Licence of the weights.</param>
/// <param name="CommercialUse">Whether it permits commercial use; null when nobody says.</param>
/// <param name="TrainingData">What it was trained on, or that this is not stated.</param>
/// <param name="Contract">Embedders: which vectors may be compared.</param>
public sealed record ReportModel(
    string Id,
    string Does,
    IReadOnlyDictionary<string, string> Sha256,
    string License,
    bool? CommercialUse,
    string TrainingData,
    string? Contract
);
