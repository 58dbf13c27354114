using Semblance.Evaluation.Statistics;
using Semblance.Evaluation.Verification;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary>Conditions as lines of a terminal: rate by rate, the worst first.</summary>
internal static class ConditionText
{
    public static void Print(IReadOnlyList<ConditionReport> reports)
    {
        foreach (IGrouping<double, ConditionReport> rows in reports.GroupBy(report => report.AskedRate))
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(
                FormattableString.Invariant(
                    $"poor pictures at the threshold for {rows.Key:0e-0} ({rows.First().Threshold:0.0000}), the worst first"
                )
            );
            Console.Out.WriteLine($"{"", -12}{"FMR, alike", 14}{"against clear", 15}{"FNMR, alike", 13}{"cannot tell", 13}{"no face", 11}");
            foreach (ConditionReport row in rows)
                Console.Out.WriteLine(
                    $"{row.Condition, -12}{Short(row.Fmr), 14}{Short(row.FmrWithClear), 15}{Short(row.Fnmr), 13}"
                        + $"{Short(row.CannotTell), 13}{Short(row.Missed), 11}"
                );
        }
    }

    private static string Short(RateEstimate rate) =>
        rate.Trials == 0 ? "–"
        : rate.IsBound ? $"< {RateEstimate.Text(rate.High)}"
        : RateEstimate.Text(rate.Rate);
}
