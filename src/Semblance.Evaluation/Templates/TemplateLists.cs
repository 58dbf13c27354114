namespace Semblance.Evaluation.Templates;

/// <summary>The lists of a template protocol, as IJB-B and IJB-C give them out.</summary>
public sealed record TemplateLists
{
    private const int MostNamed = 3;

    /// <summary>Which pictures are in which template, and of which still or video.</summary>
    public required IReadOnlyList<TemplateFace> Faces { get; init; }

    /// <summary>Verification: templates to compare; empty for none.</summary>
    public IReadOnlyList<TemplatePair> Pairs { get; init; } = [];

    /// <summary>Identification: what probes are searched in, one after the other; empty for none.</summary>
    public IReadOnlyList<TemplateGallery> Galleries { get; init; } = [];

    /// <summary>Identification: what is searched for. Probes whose person is not enrolled in a gallery are strangers to it.</summary>
    public IReadOnlyList<TemplateSubject> Probes { get; init; } = [];

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        List<string> wrong = [];
        HashSet<int> known = [.. Faces.Select(face => face.Template)];
        if (Pairs.Count == 0 && Galleries.Count == 0)
            wrong.Add("neither pairs nor galleries are there");
        if (Galleries.Count > 0 && Probes.Count == 0)
            wrong.Add("galleries are there, and nothing to search for");
        if (Galleries.Count == 0 && Probes.Count > 0)
            wrong.Add("probes are there, and nothing to search in");
        if (Galleries.FirstOrDefault(gallery => gallery.Templates.Count == 0) is { } empty)
            wrong.Add($"nobody is enrolled in {empty.Name}");
        if (Galleries.GroupBy(gallery => gallery.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            wrong.Add($"two galleries are called {twice.Key}");
        int[] unknown =
        [
            .. Pairs
                .SelectMany(pair => new[] { pair.A, pair.B })
                .Concat(Galleries.SelectMany(gallery => gallery.Templates).Concat(Probes).Select(of => of.Template))
                .Where(template => !known.Contains(template))
                .Distinct()
                .Take(MostNamed + 1),
        ];
        if (unknown.Length > 0)
            wrong.Add(
                $"no pictures are there of template {string.Join(", ", unknown.Take(MostNamed))}"
                    + (unknown.Length > MostNamed ? ", …" : "")
            );
        if (wrong.Count > 0)
            throw new EvaluationException("the lists do not fit: " + string.Join("; ", wrong));
    }
}
