using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Fairness;

/// <summary>Judges one threshold for every group of people: rates with intervals over resampled people, and how unlike they are.</summary>
public static class VerificationGroupAnalysis
{
    /// <summary>Weights that are added up at most; with more accepted comparisons fewer draws are made, and the report says how
    /// many.</summary>
    private const long WorkLimit = 4_000_000_000;

    private const int FewestDraws = 100;

    /// <summary>Judges.</summary>
    /// <param name="set">Comparisons; complete down to the threshold.</param>
    /// <param name="grouping">A division of its pictures.</param>
    /// <param name="point">The threshold for all.</param>
    /// <param name="options">Smallest group, resampling.</param>
    /// <param name="cancellationToken">Stops the resampling.</param>
    /// <exception cref="EvaluationException">The set does not reach down to the threshold, or no picture has a label.</exception>
    public static VerificationGroups Judge(
        ComparisonSet set,
        Grouping grouping,
        OperatingPoint point,
        GroupOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(grouping);
        ArgumentNullException.ThrowIfNull(point);
        options ??= GroupOptions.Default;
        options.Validate();
        if (point.Threshold < set.Floor)
            throw new EvaluationException(
                $"the set keeps comparisons from {set.Floor:0.0000} on, so {point.Threshold:0.0000} cannot be judged by groups"
            );
        if (grouping.Groups.Count == 0)
            throw new EvaluationException($"no picture has a label for {grouping.Name}");
        GroupTally tally = new(set, grouping, point.Threshold);
        int draws = (int)Math.Clamp(WorkLimit / (tally.Size + 1), Math.Min(FewestDraws, options.Draws), options.Draws);
        GroupCounts counted = tally.Count([.. Enumerable.Repeat(1, set.People)]);
        GroupCounts[] resampled = new GroupCounts[draws];
        int[][] times = PeopleBootstrap.Draw(set.People, draws, options.Seed);
        Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, d =>
            resampled[d] = tally.Count(times[d])
        );
        return Summarise(set, grouping, point, options, counted, resampled);
    }

    private static VerificationGroups Summarise(
        ComparisonSet set,
        Grouping grouping,
        OperatingPoint point,
        GroupOptions options,
        GroupCounts counted,
        GroupCounts[] resampled
    )
    {
        int n = grouping.Groups.Count;
        VerificationGroup[] groups = new VerificationGroup[n];
        for (int g = 0; g < n; g++)
        {
            int group = g;
            int[] pictures = [.. Enumerable.Range(0, grouping.GroupOf.Count).Where(i => grouping.GroupOf[i] == group)];
            int people = pictures.Select(i => set.PersonOf[i]).Distinct().Count();
            groups[g] = new()
            {
                Name = grouping.Groups[g],
                People = people,
                Pictures = pictures.Length,
                Fmr = Rate(counts => (counts.FalseMatches[group, group], counts.NonMated[group, group])),
                Fnmr = counted.Mated[g] == 0 ? null : Rate(counts => (counts.FalseNonMatches[group], counts.Mated[group])),
                ThresholdNeeded = point.AskedRate is { } rate ? set.ThresholdFor(grouping, g, rate) : null,
                TooSmall = WhyTooSmall(people, counted.NonMated[g, g], point.AskedRate, options),
            };
        }
        int[] judged = [.. Enumerable.Range(0, n).Where(g => groups[g].TooSmall is null)],
            withSecond = [.. judged.Where(g => counted.Mated[g] > 0)];
        return new()
        {
            Grouping = grouping.Name,
            Point = point,
            AllFmr = Rate(counts => (counts.AllFalseMatches, counts.AllNonMated)),
            WithinFmr = Rate(counts => Sum(counts, (g, h) => g == h)),
            BetweenFmr = Rate(counts => Sum(counts, (g, h) => g < h)),
            AllFnmr = counted.AllMated == 0 ? null : Rate(counts => (counts.AllFalseNonMatches, counts.AllMated)),
            Groups = groups,
            Matrix =
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(g =>
                        Enumerable.Range(0, n).Select(h => Rate(counts => (counts.FalseMatches[g, h], counts.NonMated[g, h]))).ToArray()
                    ),
            ],
            FmrInequality = Inequality(judged, g => groups[g].Fmr, (counts, g) => (counts.FalseMatches[g, g], counts.NonMated[g, g])),
            FnmrInequality = Inequality(withSecond, g => groups[g].Fnmr!, (counts, g) => (counts.FalseNonMatches[g], counts.Mated[g])),
            Joint =
                withSecond.Length < 2
                    ? null
                    : JointMeasures.Of(
                        [.. withSecond.Select(g => groups[g].Fmr.RateOrBound)],
                        [.. withSecond.Select(g => groups[g].Fnmr!.RateOrBound)],
                        options.Alpha
                    ),
            Unlabelled = grouping.GroupOf.Count(g => g < 0),
            Draws = resampled.Length,
            Seed = options.Seed,
        };

        RateEstimate Rate(Func<GroupCounts, (long Events, long Trials)> of)
        {
            (long events, long trials) = of(counted);
            double[] rates = [.. resampled.Select(of).Where(r => r.Trials > 0).Select(r => (double)r.Events / r.Trials)];
            if (rates.Length == 0)
                return RateEstimate.Independent(events, trials);
            (double low, double high) = PeopleBootstrap.Interval(rates);
            return RateEstimate.Resampled(events, trials, low, high);
        }

        (long, long) Sum(GroupCounts counts, Func<int, int, bool> chosen)
        {
            long events = 0,
                trials = 0;
            for (int g = 0; g < n; g++)
            for (int h = 0; h < n; h++)
                if (chosen(g, h))
                    (events, trials) = (events + counts.FalseMatches[g, h], trials + counts.NonMated[g, h]);
            return (events, trials);
        }

        MeasuredInequality? Inequality(int[] chosen, Func<int, RateEstimate> rate, Func<GroupCounts, int, (long Events, long Trials)> of)
        {
            if (chosen.Length < 2)
                return null;
            List<double> ratios = [],
                toMean = [];
            foreach (GroupCounts counts in resampled)
            {
                (long Events, long Trials)[] drawn = [.. chosen.Select(g => of(counts, g))];
                if (drawn.Any(d => d.Trials == 0))
                    continue;
                InequalityMeasures measures = InequalityMeasures.Of([
                    .. drawn.Select(d => d.Events == 0 ? RuleOfThree.UpperBound(d.Trials) : (double)d.Events / d.Trials),
                ]);
                ratios.Add(measures.Ratio!.Value);
                toMean.Add(measures.ToGeometricMean!.Value);
            }
            return new(
                [.. chosen.Select(g => groups[g].Name)],
                InequalityMeasures.Of([.. chosen.Select(g => rate(g).RateOrBound)]),
                [.. chosen.Where(g => rate(g).IsBound).Select(g => groups[g].Name)],
                IntervalOf(ratios),
                IntervalOf(toMean)
            );
        }
    }

    private static string? WhyTooSmall(int people, long comparisons, double? rate, GroupOptions options) =>
        people < options.MinPeople ? $"{people} people, {options.MinPeople} needed"
        : rate is { } asked && comparisons < RuleOfThree.TrialsFor(asked)
            ? FormattableString.Invariant($"{comparisons} comparisons, {RuleOfThree.TrialsFor(asked)} needed")
        : null;

    private static double[]? IntervalOf(List<double> values)
    {
        if (values.Count == 0)
            return null;
        (double low, double high) = PeopleBootstrap.Interval(values);
        return [low, high];
    }
}
