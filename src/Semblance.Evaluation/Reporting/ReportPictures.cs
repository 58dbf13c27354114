namespace Semblance.Evaluation.Reporting;

/// <summary>An error with its pictures.</summary>
/// <param name="Caption">What is wrong, with the figures.</param>
/// <param name="Pictures">Names and small JPEG pictures.</param>
public sealed record ReportPictures(string Caption, IReadOnlyList<(string Name, byte[] Jpeg)> Pictures);
