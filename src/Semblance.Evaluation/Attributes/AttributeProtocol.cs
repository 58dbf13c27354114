using Semblance.Attributes;

namespace Semblance.Evaluation.Attributes;

/// <summary>Compares estimates with labels.</summary>
public static class AttributeProtocol
{
    /// <summary>Ages.</summary>
    /// <param name="faces">Labelled faces with what was estimated.</param>
    /// <param name="groupWeights">Share of every age group of <see cref="AgeGroups.All"/> in the mix to reweight to; null for none.</param>
    /// <exception cref="EvaluationException">No face was judged.</exception>
    public static AgeReport Age(
        IReadOnlyList<(LabelledFace Face, AttributeEstimate<AgeEstimate> Estimate)> faces,
        IReadOnlyList<double>? groupWeights = null
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        (LabelledFace Face, AgeEstimate Age, double Error)[] judged =
        [
            .. faces
                .Where(f => f.Estimate.IsKnown)
                .Select(f => (f.Face, f.Estimate.Value!, Math.Abs(f.Estimate.Value!.Years - f.Face.Age!.Value))),
        ];
        Require(judged.Length);
        double[] errors = [.. judged.Select(f => f.Error).Order()];
        Dictionary<string, double> byGroup = Means(judged, f => AgeGroups.Of(f.Face.Age!.Value), f => f.Error);
        var intervals = judged
            .Where(f => f.Age.Interval80.Count == 2)
            .Select(f => (Low: f.Age.Interval80[0], High: f.Age.Interval80[1], Age: f.Face.Age!.Value))
            .ToArray();
        Dictionary<string, double> held = Means(intervals, i => AgeGroups.Of(i.Age), i => i.Age >= i.Low && i.Age <= i.High ? 1 : 0);
        return new(
            faces.Count,
            faces.Count - judged.Length,
            errors.Average(),
            errors[errors.Length / 2],
            Share(judged, f => f.Error <= 5),
            Share(judged, f => f.Error <= 10),
            intervals.Length == 0 ? null : Share(intervals, i => i.Age >= i.Low && i.Age <= i.High),
            intervals.Length == 0 ? null : intervals.Average(i => i.High - i.Low)
        )
        {
            MaeReweighted = groupWeights is null ? null : Reweighted(byGroup, groupWeights),
            MaeByAgeGroup = AgeGroups.All.Where(byGroup.ContainsKey).ToDictionary(group => group, group => byGroup[group]),
            Coverage80ByAgeGroup = AgeGroups.All.Where(held.ContainsKey).ToDictionary(group => group, group => held[group]),
            MaeByGender = Means(judged, f => f.Face.Gender, f => f.Error),
            MaeByRace = Means(judged, f => f.Face.Race, f => f.Error),
        };
    }

    /// <summary>Genders.</summary>
    /// <param name="faces">Labelled faces with what was estimated.</param>
    /// <exception cref="EvaluationException">No face was judged.</exception>
    public static GenderReport Gender(IReadOnlyList<(LabelledFace Face, AttributeEstimate<GenderEstimate> Estimate)> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        GenderReport report = GenderOf(faces);
        var judged = faces.Where(f => f.Estimate.IsKnown).ToArray();
        var adults = faces.Where(f => f.Face.Age >= AgeGroups.Adult).ToArray();
        Dictionary<string, double> byGroup = Means(judged, f => f.Face.Age is { } age ? AgeGroups.Of(age) : null, Right);
        return report with
        {
            Adults = adults.Any(f => f.Estimate.IsKnown) ? GenderOf(adults) : null,
            AccuracyByAgeGroup = AgeGroups.All.Where(byGroup.ContainsKey).ToDictionary(group => group, group => byGroup[group]),
            AccuracyByRace = Means(judged, f => f.Face.Race, Right),
        };
    }

    /// <summary>Expressions.</summary>
    /// <param name="faces">Labelled faces with what was estimated.</param>
    /// <exception cref="EvaluationException">No face was judged, or a label is none of the model's.</exception>
    public static EmotionReport Emotion(IReadOnlyList<(LabelledFace Face, AttributeEstimate<EmotionEstimate> Estimate)> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        (LabelledFace Face, EmotionEstimate Emotion)[] judged =
        [
            .. faces.Where(f => f.Estimate.IsKnown).Select(f => (f.Face, f.Estimate.Value!)),
        ];
        Require(judged.Length);
        string[] names = [.. judged[0].Emotion.Probabilities.Keys];
        string? foreign = faces.Select(f => f.Face.Emotion!).FirstOrDefault(label => !names.Contains(label));
        if (foreign is not null)
            throw new EvaluationException($"label '{foreign}' is none that the model gives: {string.Join(", ", names)}");
        var confusion = names.ToDictionary(
            truth => truth,
            truth =>
                (IReadOnlyDictionary<string, int>)
                    names.ToDictionary(answer => answer, answer => judged.Count(f => f.Face.Emotion == truth && f.Emotion.Label == answer))
        );
        string[] present = [.. names.Where(name => confusion[name].Values.Sum() > 0)];
        return new(
            faces.Count,
            faces.Count - judged.Length,
            Share(judged, f => f.Face.Emotion == f.Emotion.Label),
            present.Average(name => (double)confusion[name][name] / confusion[name].Values.Sum()),
            present.Average(name =>
                2.0 * confusion[name][name] / (confusion[name].Values.Sum() + names.Sum(truth => confusion[truth][name]))
            ),
            confusion,
            CalibrationError.Of([.. judged.Select(f => (f.Emotion.Probabilities[f.Emotion.Label], f.Face.Emotion == f.Emotion.Label))])
        )
        {
            EceByChance = CalibrationError.ByChance([.. judged.Select(f => f.Emotion.Probabilities[f.Emotion.Label])]),
        };
    }

    private static GenderReport GenderOf(IReadOnlyList<(LabelledFace Face, AttributeEstimate<GenderEstimate> Estimate)> faces)
    {
        var judged = faces.Where(f => f.Estimate.IsKnown).ToArray();
        Require(judged.Length);
        double right = judged.Sum(Right);
        return new(
            faces.Count,
            faces.Count - judged.Length,
            right / judged.Length,
            right / faces.Count,
            Means(judged, f => f.Face.Gender, Right),
            CalibrationError.Of([.. judged.Select(f => (f.Estimate.Value!.Probability, Right(f) > 0))])
        )
        {
            EceByChance = CalibrationError.ByChance([.. judged.Select(f => f.Estimate.Value!.Probability)]),
        };
    }

    private static double Right((LabelledFace Face, AttributeEstimate<GenderEstimate> Estimate) f) =>
        f.Face.Gender == f.Estimate.Value!.Label ? 1 : 0;

    private static double Reweighted(Dictionary<string, double> byGroup, IReadOnlyList<double> weights)
    {
        if (weights.Count != AgeGroups.All.Count)
            throw new EvaluationException($"{weights.Count} weights were given, the age groups are {string.Join(", ", AgeGroups.All)}");
        int[] present = [.. Enumerable.Range(0, weights.Count).Where(i => byGroup.ContainsKey(AgeGroups.All[i]))];
        double sum = present.Sum(i => weights[i]);
        return sum > 0
            ? present.Sum(i => weights[i] * byGroup[AgeGroups.All[i]]) / sum
            : throw new EvaluationException("the weights of the age groups that occur are all 0");
    }

    private static Dictionary<string, double> Means<T>(IEnumerable<T> items, Func<T, string?> group, Func<T, double> value) =>
        items
            .Where(item => group(item) is not null)
            .GroupBy(item => group(item)!)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Average(value));

    private static double Share<T>(T[] items, Func<T, bool> holds) => (double)items.Count(holds) / items.Length;

    private static void Require(int judged)
    {
        if (judged == 0)
            throw new EvaluationException("not one face could be judged; are these face crops or photographs?");
    }
}
