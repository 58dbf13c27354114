using Semblance.Evaluation.Attributes;

namespace Semblance.Cli.Output;

/// <summary>Reports on attributes for people to read.</summary>
internal static class AttributeReportText
{
    public static void Write(TextWriter output, object report)
    {
        switch (report)
        {
            case AgeReport age:
                output.WriteLine($"faces {age.Faces}, unknown {age.Unknown}");
                output.WriteLine(
                    $"mean error {age.Mae:0.00} years, median {age.MedianError:0.0}; within 5 years {age.Within5:0.000}, within 10 "
                        + $"{age.Within10:0.000}"
                );
                if (age.MaeReweighted is { } reweighted)
                    output.WriteLine($"mean error in the given mix of ages {reweighted:0.00} years");
                if (age.Coverage80 is not null)
                    output.WriteLine($"80 % interval: holds {age.Coverage80:0.000} of the labels, {age.IntervalWidth:0.0} years wide");
                WriteGroups(output, "mean error", "0.00", age.MaeByAgeGroup, age.MaeByGender, age.MaeByRace);
                break;
            case GenderReport gender:
                Write(output, "all", gender);
                if (gender.Adults is { } adults)
                    Write(output, "adults", adults);
                WriteGroups(output, "accuracy", "0.000", gender.AccuracyByAgeGroup, gender.AccuracyByRace);
                break;
            case EmotionReport emotion:
                output.WriteLine($"faces {emotion.Faces}, unknown {emotion.Unknown}");
                output.WriteLine(
                    $"accuracy {emotion.Accuracy:0.0000}, mean class accuracy {emotion.MeanClassAccuracy:0.0000}, macro F1 "
                        + $"{emotion.MacroF1:0.0000}, calibration error {emotion.Ece:0.0000} (by chance alone "
                        + $"{emotion.EceByChance:0.0000})"
                );
                foreach ((string truth, IReadOnlyDictionary<string, int> answers) in emotion.Confusion)
                    output.WriteLine($"  {truth, -9} {string.Join(' ', answers.Select(answer => $"{answer.Key} {answer.Value, 4}"))}");
                break;
        }
    }

    private static void Write(TextWriter output, string who, GenderReport gender) =>
        output.WriteLine(
            $"{who}: faces {gender.Faces}, unknown {gender.Unknown}; accuracy {gender.Accuracy:0.0000} (unknown as wrong "
                + $"{gender.AccuracyWithUnknownAsWrong:0.0000}), "
                + $"{string.Join(", ", gender.Recall.Select(recall => $"{recall.Key} {recall.Value:0.0000}"))}, calibration error "
                + $"{gender.Ece:0.0000} (by chance alone {gender.EceByChance:0.0000})"
        );

    private static void WriteGroups(TextWriter output, string what, string format, params IReadOnlyDictionary<string, double>[] groupings)
    {
        foreach (IReadOnlyDictionary<string, double> groups in groupings.Where(groups => groups.Count > 0))
            output.WriteLine(
                $"  {what} by group: {string.Join(", ", groups.Select(group => $"{group.Key} {group.Value.ToString(format)}"))}"
            );
    }
}
