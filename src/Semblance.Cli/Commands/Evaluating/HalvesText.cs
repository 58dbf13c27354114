using System.Globalization;
using Semblance.Cli.Output;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Statistics;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary>What two halves of a set say of one another, as a table in Markdown: broken bounds first.</summary>
internal static class HalvesText
{
    public static void Print(HalvesReport report, TextWriter output)
    {
        HalvesRow[] judged = [.. report.Rows.Where(row => row.TooSmall is null)];
        for (int half = 0; half < report.People.Count; half++)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"half {half + 1}: {report.People[half]:N0} people, {report.Faces[half]:N0} faces, cohort of {report.Members[half]}"
                )
            );
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{report.SecondPictures:N0} pairs taken for second pictures of one person")
        );
        output.WriteLine(
            $"{judged.Count(row => row.IsBroken)} of {judged.Length} bounds are broken; {report.Rows.Count - judged.Length} groups are too "
                + "small to judge"
        );
        output.WriteLine();
        output.WriteLine("| thresholds of half | axis | group | asked | observed | 95 % | times the rate | bound |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (HalvesRow row in judged)
            output.WriteLine(
                $"| {row.MadeBy} | {row.Axis} | {row.Group} | {ResultText.Rate(row.AskedRate)} | {row.Fmr} | {Interval(row.Fmr)} | "
                    + string.Create(CultureInfo.InvariantCulture, $"{row.Fmr.RateOrBound / row.AskedRate:0.00}")
                    + $" | {(row.IsBroken ? "**broken**" : "holds")} |"
            );
    }

    private static string Interval(RateEstimate rate) =>
        rate.IsBound ? $"up to {RateEstimate.Text(rate.High)}" : $"{RateEstimate.Text(rate.Low)} to {RateEstimate.Text(rate.High)}";
}
