using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Reporting;

namespace Semblance.Evaluation.Parts;

/// <summary>How far stated probabilities can be relied on, as charts.</summary>
internal static class ReliabilityReporting
{
    /// <summary>The reliability diagram, and accuracy over the share that is answered.</summary>
    public static IEnumerable<ReportChart> Charts((double Probability, bool Right)[] answers, int unknown)
    {
        IReadOnlyList<ReliabilityBin> bins = Reliability.Diagram(answers);
        yield return new()
        {
            Id = "reliability",
            Title = "Stated probability and what was right",
            Caption =
                "Calibrated answers lie on the diagonal; dots below it are overconfident. Bins of fewer than ten answers are left out.",
            X = "stated probability",
            Y = "share that was right",
            HasDiagonal = true,
            InPercent = true,
            Series =
            [
                new("answers", [.. bins.Where(bin => bin.Count >= 10).Select(bin => new[] { bin.Stated, bin.Right })], HasDots: true),
            ],
        };
        yield return new()
        {
            Id = "selective",
            Title = "Accuracy when only the surest answers are given",
            Caption = "From the surest answers at the left to all at the right; what is not answered counts as not answered.",
            X = "share of faces that are answered",
            Y = "share of answers that are right",
            InPercent = true,
            Series =
            [
                new(
                    "answers",
                    [
                        .. Reliability
                            .Selective(answers, unknown)
                            .Where(point => point.Answered >= 0.05)
                            .Select(point => new[] { point.Answered, point.Accuracy }),
                    ]
                ),
            ],
        };
    }
}
