namespace Semblance.Evaluation.Attributes;

/// <summary>How far estimated ages are from labelled ones. Figures are over the faces that were judged.</summary>
/// <param name="Faces">All labelled faces.</param>
/// <param name="Unknown">Faces without an estimate.</param>
/// <param name="Mae">Mean absolute error, years.</param>
/// <param name="MedianError">Median absolute error, years: hardly moved by wrong labels.</param>
/// <param name="Within5">Share with an error of at most 5 years.</param>
/// <param name="Within10">Share with an error of at most 10 years.</param>
/// <param name="Coverage80">Share of labels inside the 80 % interval; null for a model that gives none.</param>
/// <param name="IntervalWidth">Mean width of the interval, years; null without.</param>
public sealed record AgeReport(
    int Faces,
    int Unknown,
    double Mae,
    double MedianError,
    double Within5,
    double Within10,
    double? Coverage80,
    double? IntervalWidth
)
{
    /// <summary>Mean absolute error when the age groups are weighted as the options say; null without weights.</summary>
    public double? MaeReweighted { get; init; }

    /// <summary>Mean absolute error by age group.</summary>
    public IReadOnlyDictionary<string, double> MaeByAgeGroup { get; init; } = new Dictionary<string, double>();

    /// <summary>Share of labels inside the 80 % interval by age group; empty for a model that gives none.</summary>
    public IReadOnlyDictionary<string, double> Coverage80ByAgeGroup { get; init; } = new Dictionary<string, double>();

    /// <summary>Mean absolute error by gender; empty without that column.</summary>
    public IReadOnlyDictionary<string, double> MaeByGender { get; init; } = new Dictionary<string, double>();

    /// <summary>Mean absolute error by race; empty without that column.</summary>
    public IReadOnlyDictionary<string, double> MaeByRace { get; init; } = new Dictionary<string, double>();
}
