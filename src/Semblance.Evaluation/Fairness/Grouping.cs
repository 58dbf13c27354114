namespace Semblance.Evaluation.Fairness;

/// <summary>A set divided by one column of its labels, or by the combinations of several.</summary>
/// <param name="Name">The columns, joined by <c> × </c>.</param>
/// <param name="Groups">Names of the groups that occur, in order; combinations are joined by <c> × </c>.</param>
/// <param name="GroupOf">Position in <paramref name="Groups"/> for every item of the set; −1 where a label is missing.</param>
public sealed record Grouping(string Name, IReadOnlyList<string> Groups, IReadOnlyList<int> GroupOf)
{
    /// <summary>Between names of columns and of groups.</summary>
    public const string Joint = " × ";

    /// <summary>Divides a set.</summary>
    /// <param name="name">What the groups are called together.</param>
    /// <param name="labels">The label of every item; null where there is none.</param>
    /// <param name="order">Names in the order in which they are to stand; others follow by name.</param>
    public static Grouping By(string name, IReadOnlyList<string?> labels, IReadOnlyList<string>? order = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(labels);
        string[] present = [.. labels.OfType<string>().Distinct()];
        string[] groups = [.. (order ?? []).Where(present.Contains), .. present.Except(order ?? []).Order(StringComparer.Ordinal)];
        Dictionary<string, int> positions = groups.Select((group, i) => (group, i)).ToDictionary();
        return new(name, groups, [.. labels.Select(label => label is null ? -1 : positions[label])]);
    }

    /// <summary>The combinations of two groupings of one set.</summary>
    /// <param name="other">Its groups change fastest.</param>
    public Grouping Cross(Grouping other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.GroupOf.Count != GroupOf.Count)
            throw new ArgumentException($"{Name} divides {GroupOf.Count} items, {other.Name} {other.GroupOf.Count}.", nameof(other));
        string[] order = [.. Groups.SelectMany(a => other.Groups.Select(b => a + Joint + b))];
        return By(
            Name + Joint + other.Name,
            [.. GroupOf.Zip(other.GroupOf, (a, b) => a < 0 || b < 0 ? null : Groups[a] + Joint + other.Groups[b])],
            order
        );
    }

    /// <summary>The same grouping of some of the items.</summary>
    /// <param name="items">Positions of the items that remain.</param>
    public Grouping Of(IReadOnlyList<int> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return By(Name, [.. items.Select(item => GroupOf[item] < 0 ? null : Groups[GroupOf[item]])], Groups);
    }
}
