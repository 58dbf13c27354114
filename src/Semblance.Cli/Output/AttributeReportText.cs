using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Parts;

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
                WriteGroups(output, "80 % interval", "0.000", age.Coverage80ByAgeGroup);
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

    /// <summary>Rows of conditions, the worst first.</summary>
    public static void Write(TextWriter output, IReadOnlyList<AttributeConditionReport> rows)
    {
        output.WriteLine();
        output.WriteLine(
            rows.First(row => row is { Age: not null } or { Gender: not null } or { Emotion: not null }) switch
            {
                { Age: { } age } =>
                    $"{"condition", -14} unknown  error  holds  width  by age group {string.Join(' ', age.MaeByAgeGroup.Keys)}",
                { Gender: not null } => $"{"condition", -14} unknown  accuracy  adults  female    male     ece",
                _ => $"{"condition", -14} unknown  accuracy  mean class  macro F1     ece",
            }
        );
        foreach (AttributeConditionReport row in rows)
            output.WriteLine($"{row.Condition, -14} {Line(row)}");
    }

    private static string Line(AttributeConditionReport row) =>
        row switch
        {
            { Age: { } age } => $"{age.Unknown, 7}  {age.Mae, 5:0.00}  {age.Coverage80, 5:0.000}  {age.IntervalWidth, 5:0.0}  "
                + string.Join(' ', age.Coverage80ByAgeGroup.Values.Select(held => $"{held:0.000}")),
            { Gender: { } gender } => $"{gender.Unknown, 7}  {gender.Accuracy, 8:0.0000}  {gender.Adults?.Accuracy, 6:0.000}  "
                + string.Join("  ", (gender.Adults ?? gender).Recall.Values.Select(recall => $"{recall, 6:0.000}"))
                + $"  {gender.Ece, 6:0.000}",
            { Emotion: { } emotion } => $"{emotion.Unknown, 7}  {emotion.Accuracy, 8:0.0000}  {emotion.MeanClassAccuracy, 10:0.0000}  "
                + $"{emotion.MacroF1, 8:0.0000}  {emotion.Ece, 6:0.000}",
            _ => $"{row.Unknown, 7}  not one face could be judged",
        };

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
