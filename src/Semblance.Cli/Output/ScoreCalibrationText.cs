using System.Globalization;
using Semblance.Evaluation.Calibration;
using Semblance.Models;

namespace Semblance.Cli.Output;

/// <summary>A calibration of scores for people to read.</summary>
internal static class ScoreCalibrationText
{
    private const int Suspects = 10;

    public static void Print(ScoreCalibrationResult result, TextWriter output)
    {
        ModelCalibration calibration = result.Calibration;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"cohort of {result.Cohort.Members} members, {result.Cohort.SmallestGroup} people or more behind "
                    + $"each, of {result.Cohort.Faces:N0} faces"
            )
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{calibration.People:N0} people, {calibration.MatedPairs:N0} mated pairs, {calibration.NonMatedPairs:N0} of strangers "
                    + $"{calibration.Strangers}"
            )
        );
        output.WriteLine("FMR      threshold   95 % interval over people   FNMR");
        for (int i = 0; i < calibration.Fmr.Count; i++)
        {
            IReadOnlyList<double> row = calibration.Fmr[i],
                interval = calibration.FmrInterval![i];
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ResultText.Rate(row[0]), -8} {row[1]:0.0000}      {interval[1]:0.0000} to {interval[2]:0.0000}     "
                        + $"       {calibration.Fnmr![i][1]:0.0000}"
                )
            );
        }
        foreach (NormThresholds step in calibration.ByNorm ?? [])
            output.WriteLine(
                FormattableString.Invariant($"norm from {step.Norm:0.00}: ")
                    + string.Join(", ", step.Fmr.Select(row => FormattableString.Invariant($"{ResultText.Rate(row[0])} {row[1]:0.000}")))
            );
        output.WriteLine($"{result.LeftOut.Count} pairs left out as second pictures of one person; the most similar:");
        foreach (SuspiciousPair pair in result.LeftOut.Take(Suspects))
            output.WriteLine(FormattableString.Invariant($"  {pair.Similarity:0.0000}  {pair.ImageA}  {pair.ImageB}"));
    }
}
