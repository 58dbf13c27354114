using System.Globalization;
using System.Text;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Reporting;

/// <summary>Two reports side by side: which differences are larger than chance.</summary>
/// <remarks>
/// Accuracies on the same decisions are compared decision by decision (McNemar). Other figures count as different beyond chance when their
/// difference is larger than the root of the sum of the squares of both half intervals: both intervals came from the same kind of
/// resampling, and taking the sets as independent is careful, as both reports share their people.
/// </remarks>
public static class ReportComparison
{
    private const double Level = 0.05;

    /// <summary>Compares the figures that both have.</summary>
    /// <param name="before">First report.</param>
    /// <param name="after">Second report.</param>
    /// <exception cref="EvaluationException">They have no figure in common.</exception>
    public static IReadOnlyList<ReportDifference> Compare(EvaluationReport before, EvaluationReport after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        IReadOnlyDictionary<string, ReportFigure> second = after.Figures();
        List<ReportDifference> differences = [];
        foreach (ReportSection section in before.Sections)
        {
            ReportSection? other = after.Sections.FirstOrDefault(candidate => candidate.Id == section.Id);
            foreach (ReportFigure figure in section.Figures)
            {
                string name = $"{section.Id}.{figure.Id}";
                if (second.TryGetValue(name, out ReportFigure? match))
                    differences.Add(Judge(name, figure, match, section, other!));
            }
        }
        return differences.Count > 0 ? differences : throw new EvaluationException("the two reports have no figure in common");
    }

    /// <summary>The comparison as text.</summary>
    /// <param name="a">Name of the first report.</param>
    /// <param name="b">Name of the second report.</param>
    /// <param name="differences">From <see cref="Compare"/>.</param>
    public static string Text(string a, string b, IReadOnlyList<ReportDifference> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{a} against {b}: {differences.Count} figures in both");
        foreach (
            (DifferenceVerdict verdict, string heading) in new[]
            {
                (DifferenceVerdict.BeyondChance, "larger than chance"),
                (DifferenceVerdict.WithinChance, "may be chance"),
                (DifferenceVerdict.Unknown, "different, without an interval to tell"),
            }
        )
        {
            ReportDifference[] some = [.. differences.Where(d => d.Verdict == verdict)];
            if (some.Length == 0)
                continue;
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{heading}:");
            foreach (ReportDifference d in some)
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {d.Name}: {ReportText.Value(d.Before)} -> {ReportText.Value(d.After)}{(d.Why.Length > 0 ? $" ({d.Why})" : "")}"
                );
        }
        int same = differences.Count(d => d.Verdict == DifferenceVerdict.Same);
        if (same > 0)
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{same} figures are the same");
        return text.ToString().TrimEnd();
    }

    private static ReportDifference Judge(string name, ReportFigure before, ReportFigure after, ReportSection section, ReportSection other)
    {
        if (
            before.Id == "accuracy"
            && section.Decisions is { } first
            && other.Decisions is { } second
            && section.DecisionsOn == other.DecisionsOn
        )
        {
            McNemarTest test = McNemarTest.Of(first.Zip(second, (a, b) => (a == '1', b == '1')));
            return new(
                name,
                before.Label,
                before,
                after,
                first == second ? DifferenceVerdict.Same
                    : test.PValue < Level ? DifferenceVerdict.BeyondChance
                    : DifferenceVerdict.WithinChance,
                FormattableString.Invariant(
                    $"McNemar p = {test.PValue:0.000}: {test.OnlyFirstRight} right only before, {test.OnlySecondRight} only after"
                )
            );
        }
        if (before.Value.Equals(after.Value) && before.IsBound == after.IsBound)
            return new(name, before.Label, before, after, DifferenceVerdict.Same, "");
        if (Half(before) is not { } a || Half(after) is not { } b)
            return new(name, before.Label, before, after, DifferenceVerdict.Unknown, "");
        double allowed = Math.Sqrt(a * a + b * b),
            difference = Math.Abs(before.Value - after.Value);
        return new(
            name,
            before.Label,
            before,
            after,
            difference > allowed ? DifferenceVerdict.BeyondChance : DifferenceVerdict.WithinChance,
            $"95 %: {ReportText.Interval(before)} and {ReportText.Interval(after)}"
        );
    }

    /// <summary>Half the width of an interval; of a bound the whole of it.</summary>
    private static double? Half(ReportFigure figure) =>
        figure.IsBound ? figure.Value
        : figure is { Low: { } low, High: { } high } ? (high - low) / 2
        : null;
}
