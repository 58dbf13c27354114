using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>Shares that agree with the label, with their intervals.</summary>
internal static class AgreementReporting
{
    /// <summary>A share of all.</summary>
    public static ReportFigure Share(string id, string label, double value, int count)
    {
        (double low, double high) = WilsonInterval.Of((long)Math.Round(value * count), count);
        return new(id, label, value, FigureKind.Share)
        {
            Low = low,
            High = high,
            Interval = "wilson",
            Count = count,
        };
    }

    /// <summary>By group, as dots and whiskers.</summary>
    public static ReportChart Chart(Grouping grouping, bool[] right, PartOptions options) =>
        new()
        {
            Id = $"accuracy-{grouping.Name}",
            Title = $"Agreement with the label, by {grouping.Name}",
            Caption = "Dots are measured shares, lines their 95 % interval (Wilson).",
            X = "share that agrees with the label",
            InPercent = true,
            Groups =
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        RateEstimate rate = RateOf(grouping, right, g);
                        return new ReportWhisker(name, rate.Rate, rate.Low, rate.High, IsFaint: rate.Trials < options.Groups.MinPeople);
                    }
                ),
            ],
        };

    /// <summary>By group, with counts.</summary>
    public static ReportTable Table(Grouping grouping, bool[] right) =>
        new(
            $"Agreement by {grouping.Name}",
            [grouping.Name, "faces", "agrees", "95 % interval"],
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        RateEstimate rate = RateOf(grouping, right, g);
                        return (IReadOnlyList<ReportCell>)
                            [
                                name,
                                GroupReporting.Number(rate.Trials),
                                new ReportCell(ReportText.Number(rate.Rate, FigureKind.Share), rate.Rate),
                                new ReportCell(GroupReporting.Interval(rate), 0),
                            ];
                    }
                ),
            ]
        );

    private static RateEstimate RateOf(Grouping grouping, bool[] right, int group) =>
        RateEstimate.Independent(
            right.Where((isRight, i) => isRight && grouping.GroupOf[i] == group).Count(),
            grouping.GroupOf.Count(of => of == group)
        );
}
