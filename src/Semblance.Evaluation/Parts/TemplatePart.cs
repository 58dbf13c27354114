using Semblance.Embedding;
using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Identification;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Templates;

namespace Semblance.Evaluation.Parts;

/// <summary>
/// Templates of several pictures in the form of IJB-B and IJB-C: the faces of a still or video are averaged, then the media of a template,
/// then the length is made 1; templates are verified by listed pairs and searched for in galleries.
/// </summary>
public static class TemplatePart
{
    /// <summary>The least that a face weighs by its quality, so that a template of poor faces is one all the same.</summary>
    private const double LeastQuality = 0.01;

    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures, each once however many templates it is in.</param>
    /// <param name="source">The set.</param>
    /// <param name="lists">The protocol's lists.</param>
    /// <param name="pooling">What a face weighs.</param>
    /// <param name="threshold">The gallery's own rule: from the number of people and a rate of strangers to a threshold; null where it
    /// gives none.</param>
    /// <param name="options">Rates, resampling.</param>
    /// <param name="cancellationToken">Stops; what is done is kept where results are.</param>
    /// <returns>The part of a report, and the figures alone.</returns>
    /// <exception cref="EvaluationException">The lists do not fit, or pictures are not there.</exception>
    public static async Task<(MeasuredPart Part, TemplateReport Report)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        TemplateLists lists,
        TemplatePooling pooling,
        Func<int, (double Threshold, double Fpir)?>? threshold,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(lists);
        ArgumentNullException.ThrowIfNull(options);
        lists.Validate();
        string[] images = [.. lists.Faces.Select(face => face.Image).Distinct()];
        FaceSet set = await FaceSet
            .EmbedAsync(runs, source.Set.Pictures(images), image => image, cancellationToken, source.Framing)
            .ConfigureAwait(false);
        Dictionary<int, ComparedFace> templates = TemplateSet
            .Make(lists.Faces, images.ToDictionary(image => image, image => set.Records[image].Embedding), WeightOf)
            .ToDictionary(
                template => template.Key,
                template => new ComparedFace(TemplateProtocol.NameOf(template.Key), "", template.Value)
                {
                    Baseline = runs.Analyzer.Matcher.BaselineOf(template.Value),
                }
            );
        TemplateReport report = new()
        {
            Pictures = images.Length,
            Missed = images.Count(image => set.Records[image].Vector is null),
            Templates = lists.Faces.Select(face => face.Template).Distinct().Count(),
            WithoutFace = lists.Faces.Select(face => face.Template).Distinct().Count(template => !templates.ContainsKey(template)),
            Media = lists.Faces.Select(face => (face.Template, face.Media)).Distinct().Count(),
            Pooling = pooling,
        };
        List<ReportSection> sections = [];
        List<string> sentences = [];
        if (lists.Pairs.Count > 0)
        {
            ComparisonSet comparisons = TemplateProtocol.Verify(lists.Pairs, templates);
            TemplateVerification verification = new(
                comparisons.Mated.Count,
                comparisons.NonMated,
                TrueMatchRates.Measure(comparisons, options.Groups.Draws, options.Groups.Seed, cancellationToken),
                ErrorCurve.AreaUnderRoc(comparisons),
                ErrorCurve.EqualErrorRate(comparisons)
            );
            report = report with { Verification = verification };
            Grouping everybody = Grouping.By("everybody", [.. comparisons.Images.Select(_ => "all")]);
            VerificationGroups[] atPoints =
            [
                .. set.Points(options.Rates)
                    .Select(point => VerificationGroupAnalysis.Judge(comparisons, everybody, point, options.Groups, cancellationToken)),
            ];
            ReportSection section = TemplateReporting.Verification(source, report, verification, comparisons, atPoints);
            sections.Add(section);
            sentences.Add(section.Finding);
        }
        List<TemplateIdentification> searches = [];
        foreach (TemplateGallery gallery in lists.Galleries)
        {
            int people = gallery.Templates.Select(of => of.Subject).Distinct().Count();
            IdentificationReport found = TemplateProtocol.Identify(
                gallery,
                lists.Probes,
                templates,
                threshold?.Invoke(people),
                cancellationToken
            );
            searches.Add(new(gallery.Name, found));
            ReportSection section = IdentificationPart.Section(
                source with
                {
                    Id = $"{source.Id}-{gallery.Name}",
                },
                found,
                TemplateReporting.IdentificationProtocol(gallery.Name, report, found)
            ) with
            {
                Data = source.Id,
            };
            sections.Add(section);
            sentences.Add(section.Finding);
        }
        int? subjects =
            lists.Galleries.Count == 0
                ? null
                : lists.Galleries.SelectMany(gallery => gallery.Templates).Concat(lists.Probes).Select(of => of.Subject).Distinct().Count();
        return (
            new(set.Describe(source.Id, source.Description, subjects, [], source.Set), sections, sentences),
            report with
            {
                Identification = searches,
            }
        );

        double WeightOf(string image, FaceEmbedding embedding) =>
            pooling switch
            {
                TemplatePooling.Norm => embedding.Norm,
                TemplatePooling.Quality => Math.Max(LeastQuality, set.Records[image].Quality ?? 1),
                _ => 1,
            };
    }
}
