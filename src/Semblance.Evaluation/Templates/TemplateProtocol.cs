using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Identification;

namespace Semblance.Evaluation.Templates;

/// <summary>
/// IJB's tasks on templates: verification of listed pairs, and open-set identification in a gallery. A template without a face is never
/// accepted and never found.
/// </summary>
public static class TemplateProtocol
{
    /// <summary>The comparisons of listed pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="templates">Templates with a face, by number; their <see cref="ComparedFace.Image"/> names them.</param>
    /// <returns>The comparisons; people are told apart as far as pairs of one person hold their templates together.</returns>
    /// <exception cref="EvaluationException">Pairs of one kind only.</exception>
    public static ComparisonSet Verify(IReadOnlyList<TemplatePair> pairs, IReadOnlyDictionary<int, ComparedFace> templates)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(templates);
        if (pairs.All(pair => pair.Same) || !pairs.Any(pair => pair.Same))
            throw new EvaluationException("pairs of the same and of different people are needed");
        int[] numbers = [.. pairs.SelectMany(pair => new[] { pair.A, pair.B }).Distinct()];
        Dictionary<int, int> positions = numbers.Select((template, i) => (template, i)).ToDictionary();
        int[] parent = [.. Enumerable.Range(0, numbers.Length)];
        foreach (TemplatePair pair in pairs.Where(pair => pair.Same))
            parent[RootOf(parent, positions[pair.A])] = RootOf(parent, positions[pair.B]);
        (int, int, double, bool)[] scored = new (int, int, double, bool)[pairs.Count];
        Parallel.For(0, scored.Length, i =>
            scored[i] = (positions[pairs[i].A], positions[pairs[i].B], Score(templates, pairs[i].A, pairs[i].B), pairs[i].Same)
        );
        return PairListSet.Of([.. numbers.Select(NameOf)], [.. numbers.Select((_, i) => NameOf(numbers[RootOf(parent, i)]))], scored);
    }

    /// <summary>Searches for every probe in a gallery.</summary>
    /// <param name="gallery">What is enrolled; of several templates of a person the most alike counts.</param>
    /// <param name="probes">What is searched for.</param>
    /// <param name="templates">Templates with a face, by number.</param>
    /// <param name="threshold">A threshold that was set beforehand, with the rate it is for; null for none.</param>
    /// <param name="cancellationToken">Stops the searches.</param>
    /// <exception cref="EvaluationException">Nobody is enrolled, or nobody who is enrolled is searched for.</exception>
    public static IdentificationReport Identify(
        TemplateGallery gallery,
        IReadOnlyList<TemplateSubject> probes,
        IReadOnlyDictionary<int, ComparedFace> templates,
        (double Threshold, double Fpir)? threshold = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(templates);
        IGrouping<int, TemplateSubject>[] people = [.. gallery.Templates.GroupBy(of => of.Subject)];
        Dictionary<int, int> mates = people.Select((person, i) => (person.Key, i)).ToDictionary();
        IdentificationProbe[] searches = new IdentificationProbe[probes.Count];
        Parallel.For(0, searches.Length, new ParallelOptions { CancellationToken = cancellationToken }, p =>
            searches[p] = new(
                NameOf(probes[p].Template),
                mates.TryGetValue(probes[p].Subject, out int mate) ? mate : -1,
                templates.ContainsKey(probes[p].Template)
                    ? [.. people.Select(person => (float)person.Max(of => Score(templates, probes[p].Template, of.Template)))]
                    : []
            )
        );
        return IdentificationProtocol.Evaluate(people.Length, searches, threshold);
    }

    /// <summary>What messages call a template.</summary>
    internal static string NameOf(int template) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"template {template}");

    private static double Score(IReadOnlyDictionary<int, ComparedFace> templates, int a, int b) =>
        templates.TryGetValue(a, out ComparedFace? first) && templates.TryGetValue(b, out ComparedFace? second)
            ? first.ScoreWith(second)
            : double.NegativeInfinity;

    private static int RootOf(int[] parent, int i)
    {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    }
}
