using System.Globalization;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Ages in groups, such as <c>20-29</c> and <c>70+</c>, as a distribution over years: a group's mass is spread evenly over its
/// years.</summary>
internal sealed class AgeGroups
{
    /// <summary>The last year of an open group.</summary>
    private const int Oldest = 99;

    private readonly (int First, int Last)[] _groups;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="labels">The groups in order.</param>
    /// <exception cref="ModelException">A label is no group of years.</exception>
    public AgeGroups(string model, IReadOnlyList<string> labels) => _groups = [.. labels.Select(label => Parse(model, label))];

    /// <summary>Probabilities of the ages 0, 1, 2, … of probabilities of the groups.</summary>
    public float[] Spread(ReadOnlySpan<float> groups)
    {
        float[] years = new float[_groups.Max(group => group.Last) + 1];
        for (int i = 0; i < _groups.Length; i++)
        {
            (int first, int last) = _groups[i];
            for (int year = first; year <= last; year++)
                years[year] += groups[i] / (last - first + 1);
        }
        return years;
    }

    private static (int First, int Last) Parse(string model, string label)
    {
        string[] ends = label.EndsWith('+') ? [label[..^1], Oldest.ToString(CultureInfo.InvariantCulture)] : label.Split('-');
        return
            ends is [var from, var to]
            && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last
            && last <= 150
            ? (first, last)
            : throw new ModelException(model, $"its age group '{label}' is not like 20-29 or 70+");
    }
}
