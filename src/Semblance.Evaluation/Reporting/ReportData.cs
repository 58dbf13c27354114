namespace Semblance.Evaluation.Reporting;

/// <summary>A set that was measured on.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Description">What it is, and what it was used for before.</param>
/// <param name="Pictures">Pictures measured.</param>
/// <param name="People">People on them; null where it is not known.</param>
/// <param name="WithoutFace">Pictures on which no face was found.</param>
/// <param name="Unreadable">Pictures that cannot be read.</param>
/// <param name="Fingerprint">SHA-256 over the sorted SHA-256 of its pictures.</param>
/// <param name="Composition">Pictures by group, column by column.</param>
public sealed record ReportData(
    string Id,
    string Description,
    int Pictures,
    int? People,
    int WithoutFace,
    int Unreadable,
    string Fingerprint,
    IReadOnlyList<ReportComposition> Composition
);

/// <summary>Pictures by group of one column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Pictures">Pictures by group.</param>
public sealed record ReportComposition(string Column, IReadOnlyDictionary<string, int> Pictures);
