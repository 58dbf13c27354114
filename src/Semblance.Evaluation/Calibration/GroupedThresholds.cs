using Semblance.Statistics;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// The lowest scores that keep rates: by the one-sided 95 % Clopper-Pearson bound over all pairs and over those of people with names, and
/// in every group of age, gender or race and in every condition of the pictures up to a multiple of the rate, wherever a group has pairs
/// enough.
/// </summary>
internal sealed class GroupedThresholds
{
    /// <summary>How many times the asked rate a group or a condition may have on the pictures that thresholds are made with: room is left
    /// to the three times that are promised for others.</summary>
    public const double MostOfGroup = 2.5;

    /// <summary>False matches that a group may have at a rate before it is listened to: of fewer, one says too much.</summary>
    private const double CountOfGroup = 10;

    /// <summary>The rule of three: without one event in n trials the rate lies below 3 / n at 95 % confidence.</summary>
    private const double RuleOfThree = 3;

    private const int ThresholdDecimals = 5;

    private readonly int[][] _kindGroups;
    private readonly int[] _condition;
    private readonly bool[] _named;
    private readonly int _firstCondition,
        _groups;

    /// <summary>Numbers the groups.</summary>
    /// <param name="faces">The faces that pairs point to.</param>
    public GroupedThresholds(IReadOnlyList<CalibrationFace> faces)
    {
        Dictionary<string, int> values = [],
            conditions = [];
        Dictionary<string, int[]> kinds = [];
        foreach (CalibrationFace face in faces)
        {
            if (!kinds.ContainsKey(face.Kind))
                kinds[face.Kind] =
                [
                    .. face.Kind.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(value => NumberOf(values, value)).Distinct(),
                ];
            _ = NumberOf(conditions, face.Condition);
        }
        _kindGroups = [.. faces.Select(face => kinds[face.Kind])];
        _condition = [.. faces.Select(face => face.IsClear ? -1 : conditions[face.Condition])];
        _named = [.. faces.Select(face => face.Person is not null)];
        // Of every condition: with itself, and with the pictures as they came; then those with one another.
        _firstCondition = values.Count;
        _groups = values.Count + 2 * conditions.Count + 1;
    }

    /// <summary>Finds thresholds.</summary>
    /// <param name="falling">Pairs of strangers by falling score.</param>
    /// <param name="rates">Falling rates.</param>
    /// <param name="weightOf">How often a pair counts; null for once.</param>
    /// <returns>A threshold for every rate; NaN where the pairs do not support it.</returns>
    public double[] Of(IReadOnlyList<AlikePairs.Pair> falling, IReadOnlyList<double> rates, Func<AlikePairs.Pair, long>? weightOf = null)
    {
        Counts total = new(_groups);
        foreach (AlikePairs.Pair pair in falling)
            Count(pair, weightOf?.Invoke(pair) ?? 1, total);
        double[] thresholds = [.. rates.Select(_ => double.NaN)];
        long[] allowed = [.. rates.Select(rate => Allowed(total.All, rate))];
        // Second pictures of people without names were left out by their score, so small rates rest on those with names.
        long[] allowedNamed = [.. rates.Select(rate => total.Named == 0 ? long.MaxValue : Allowed(total.Named, rate))];
        int open = allowed.Length - 1;
        while (open >= 0 && (allowed[open] < 0 || allowedNamed[open] < 0))
            open--;
        Counts accepted = new(_groups);
        for (int k = 0; k < falling.Count && open >= 0; k++)
        {
            Count(falling[k], weightOf?.Invoke(falling[k]) ?? 1, accepted);
            for (; open >= 0 && IsTooMuch(falling[k], open); open--)
                thresholds[open] = JustAbove(falling[k].Score);
        }
        for (; open >= 0 && falling.Count > 0; open--)
            thresholds[open] = JustAbove(falling[^1].Score);
        return thresholds;

        bool IsTooMuch(AlikePairs.Pair pair, int rate) =>
            accepted.All > allowed[rate]
            || accepted.Named > allowedNamed[rate]
            || _kindGroups[pair.A].Any(group => Exceeds(group, rate))
            || Exceeds(ConditionOf(pair), rate);

        bool Exceeds(int group, int rate)
        {
            double most = MostOfGroup * rates[rate] * total.Groups[group];
            return most >= CountOfGroup && accepted.Groups[group] > most;
        }
    }

    private static long Allowed(long trials, double rate) => trials < RuleOfThree / rate ? -1 : ClopperPearson.LargestCount(trials, rate);

    /// <summary>The lowest threshold that this score does not reach.</summary>
    private static double JustAbove(float score)
    {
        double step = Math.Pow(10, -ThresholdDecimals);
        return Math.Round(Math.Ceiling(MathF.BitIncrement(score) / step) * step, ThresholdDecimals);
    }

    private static int NumberOf(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number))
            numbers[name] = number = numbers.Count;
        return number;
    }

    private void Count(AlikePairs.Pair pair, long weight, Counts counts)
    {
        counts.All += weight;
        if (_named[pair.A] && _named[pair.B])
            counts.Named += weight;
        foreach (int group in _kindGroups[pair.A])
            counts.Groups[group] += weight;
        counts.Groups[ConditionOf(pair)] += weight;
    }

    private int ConditionOf(AlikePairs.Pair pair)
    {
        (int a, int b) = (_condition[pair.A], _condition[pair.B]);
        return a < 0 && b < 0 ? _groups - 1 : _firstCondition + 2 * Math.Max(a, b) + (a == b ? 0 : 1);
    }

    private sealed class Counts(int groups)
    {
        public long All,
            Named;

        public long[] Groups { get; } = new long[groups];
    }
}
