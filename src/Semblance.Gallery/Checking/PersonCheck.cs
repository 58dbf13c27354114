using System.Numerics.Tensors;

namespace Semblance.Gallery.Checking;

/// <summary>Looks for mistakes among the references of one person.</summary>
internal sealed class PersonCheck(Person person, IReadOnlyList<FaceReference> references)
{
    /// <summary>All findings.</summary>
    /// <param name="same">References from this similarity on resemble one another.</param>
    /// <param name="duplicate">From this one on they are duplicates.</param>
    public IEnumerable<Finding> Find(double same, double duplicate)
    {
        if (references.Count == 0)
        {
            yield return new(FindingKind.NoReference, [person], [], null, $"{person.Name} has no reference and cannot be identified");
            yield break;
        }
        float[,] similarities = Compare();
        for (int i = 0; i < references.Count; i++)
        {
            for (int j = i + 1; j < references.Count; j++)
            {
                if (similarities[i, j] >= duplicate)
                    yield return Say(
                        FindingKind.Duplicate,
                        [i, j],
                        similarities[i, j],
                        $"{NameOf(references[i])} and {NameOf(references[j])} are as good as the same picture"
                    );
            }
        }
        List<int[]> groups = Groups(similarities, same);
        if (groups.Count == 1)
            yield break;
        // A group of one that faces a larger one is a stray photograph; else it is not known who is the odd one out.
        bool strays = groups[0].Length > 1;
        foreach (int[] stray in groups.Where(group => strays && group.Length == 1))
        {
            double closest = Enumerable.Range(0, references.Count).Where(j => j != stray[0]).Max(j => similarities[stray[0], j]);
            yield return Say(
                FindingKind.Outlier,
                stray,
                closest,
                $"{NameOf(references[stray[0]])} resembles none of the other {references.Count - 1} {Expectation(closest, same)}"
            );
        }
        int[][] several = [.. groups.Where(group => !strays || group.Length > 1)];
        if (several.Length > 1)
        {
            double closest = several
                .SelectMany((a, k) => several.Skip(k + 1).SelectMany(b => a.SelectMany(i => b.Select(j => similarities[i, j]))))
                .Max();
            yield return Say(
                FindingKind.SeveralPeopleUnderOneName,
                [.. several.Select(group => group[0])],
                closest,
                $"the references fall into {several.Length} groups that do not resemble one another {Expectation(closest, same)}: "
                    + string.Join(" | ", several.Select(group => string.Join(", ", group.Select(i => NameOf(references[i])))))
            );
        }
    }

    public static string NameOf(FaceReference reference) => reference.Source ?? reference.Id.ToString();

    private Finding Say(FindingKind kind, int[] which, double similarity, string what) =>
        new(kind, [person], [.. which.Select(i => references[i])], similarity, $"{person.Name}: {what}");

    private static string Expectation(double closest, double expected) =>
        FormattableString.Invariant($"(closest {closest:0.000}, {expected:0.000} expected)");

    private float[,] Compare()
    {
        float[,] similarities = new float[references.Count, references.Count];
        for (int i = 0; i < references.Count; i++)
        for (int j = i + 1; j < references.Count; j++)
            similarities[i, j] = similarities[j, i] = TensorPrimitives.Dot(references[i].Vector.Span, references[j].Vector.Span);
        return similarities;
    }

    /// <summary>Connected components of the graph of references that resemble one another, largest first.</summary>
    private List<int[]> Groups(float[,] similarities, double same)
    {
        bool[] seen = new bool[references.Count];
        List<int[]> groups = [];
        for (int start = 0; start < references.Count; start++)
        {
            if (seen[start])
                continue;
            List<int> group = [start];
            seen[start] = true;
            for (int next = 0; next < group.Count; next++)
            {
                for (int j = 0; j < references.Count; j++)
                {
                    if (seen[j] || similarities[group[next], j] < same)
                        continue;
                    seen[j] = true;
                    group.Add(j);
                }
            }
            groups.Add([.. group.Order()]);
        }
        return [.. groups.OrderByDescending(group => group.Length).ThenBy(group => group[0])];
    }
}
