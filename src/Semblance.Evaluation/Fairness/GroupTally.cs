using Semblance.Evaluation.Comparisons;

namespace Semblance.Evaluation.Fairness;

/// <summary>Counts errors by group at one threshold, for people drawn any number of times.</summary>
internal sealed class GroupTally
{
    private readonly ComparisonSet _set;
    private readonly int _groups;
    private readonly Func<int[], long[,]> _trials;
    private readonly (int PersonA, int PersonB, int GroupA, int GroupB)[] _accepted;
    private readonly (int Person, int Group, bool Refused)[] _mated;

    public GroupTally(ComparisonSet set, Grouping grouping, double threshold)
    {
        (_set, _groups, _trials) = (set, grouping.Groups.Count, set.TrialCounter(grouping));
        _accepted =
        [
            .. set
                .Tail.Take(ComparisonSet.CountFrom(set.Tail, threshold))
                .Select(c => (set.PersonOf[c.A], set.PersonOf[c.B], grouping.GroupOf[c.A], grouping.GroupOf[c.B])),
        ];
        _mated =
        [
            .. set.Mated.Select(c =>
                (set.PersonOf[c.A], grouping.GroupOf[c.A] == grouping.GroupOf[c.B] ? grouping.GroupOf[c.A] : -1, c.Score < threshold)
            ),
        ];
    }

    /// <summary>Terms that a count adds up.</summary>
    public long Size => _accepted.Length + _mated.Length;

    /// <summary>Counts.</summary>
    /// <param name="times">How often each person was drawn. A person drawn twice is two people, who are not compared.</param>
    public GroupCounts Count(int[] times)
    {
        long[,] matches = new long[_groups, _groups];
        long all = 0;
        foreach ((int a, int b, int g, int h) in _accepted)
        {
            long weight = (long)times[a] * times[b];
            if (weight == 0)
                continue;
            all += weight;
            if (g < 0 || h < 0)
                continue;
            matches[g, h] += weight;
            if (g != h)
                matches[h, g] += weight;
        }
        long[] refused = new long[_groups],
            mated = new long[_groups];
        long allRefused = 0,
            allMated = 0;
        foreach ((int person, int group, bool isRefused) in _mated)
        {
            int weight = times[person];
            allMated += weight;
            allRefused += isRefused ? weight : 0;
            if (group < 0)
                continue;
            mated[group] += weight;
            refused[group] += isRefused ? weight : 0;
        }
        return new(matches, _trials(times), refused, mated, all, _set.NonMatedTrials(times), allRefused, allMated);
    }
}
