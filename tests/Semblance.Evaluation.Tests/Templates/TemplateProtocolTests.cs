using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Identification;
using Semblance.Evaluation.Templates;
using Semblance.Evaluation.Tests.Comparisons;

namespace Semblance.Evaluation.Tests.Templates;

/// <summary>Templates on a circle, so that every score is the cosine of a difference of angles; template 5 has no face.</summary>
public sealed class TemplateProtocolTests
{
    private static readonly Dictionary<int, ComparedFace> Templates = new[]
    {
        (1, 0),
        (2, 60),
        (3, 90),
        (4, 115),
        (6, 50),
        (7, 80),
        (8, 200),
    }.ToDictionary(template => template.Item1, template => PlaneFaces.At("", template.Item2));

    // Of one person .5, .906 and one without a face; of strangers 0, .866, -.423 and one without a face.
    private static readonly TemplatePair[] Pairs =
    [
        new(1, 2, true),
        new(3, 4, true),
        new(1, 5, true),
        new(1, 3, false),
        new(2, 3, false),
        new(1, 4, false),
        new(5, 3, false),
    ];

    [Fact]
    public void Pairs_are_scored_and_a_template_without_a_face_is_never_accepted()
    {
        ComparisonSet set = TemplateProtocol.Verify(Pairs, Templates);
        Assert.Equal([0.9063f, 0.5f, float.NegativeInfinity], set.Mated.Select(pair => MathF.Round(pair.Score, 4)));
        Assert.Equal([0.866f, 0, -0.4226f, float.NegativeInfinity], set.Tail.Select(pair => MathF.Round(pair.Score, 4)));
        // A quarter of the strangers' pairs is one of four, so the threshold lies just above the second.
        Assert.Equal(0, set.ThresholdFor(0.25), 6);
        Assert.Equal(2, set.TrueMatches(set.ThresholdFor(0.25)));
        Assert.Equal(1, set.TrueMatches(set.ThresholdFor(0.1)));
        // .906 is above all four, .5 above three, and of two that cannot be accepted neither is above the other.
        Assert.Equal((4 + 3 + 0.5) / 12, ErrorCurve.AreaUnderRoc(set), 12);
    }

    [Fact]
    public void Templates_that_pairs_hold_together_are_one_person()
    {
        ComparisonSet set = TemplateProtocol.Verify(Pairs, Templates);
        Assert.Equal(2, set.People);
        Assert.All(set.Mated, pair => Assert.Equal(set.PersonOf[pair.A], set.PersonOf[pair.B]));
        Assert.All(set.Tail, pair => Assert.NotEqual(set.PersonOf[pair.A], set.PersonOf[pair.B]));
    }

    [Fact]
    public void Pairs_of_one_kind_alone_are_refused() =>
        Assert.Throws<EvaluationException>(() => TemplateProtocol.Verify(Pairs[..3], Templates));

    [Fact]
    public void Probes_are_searched_in_a_gallery_that_does_not_hold_all_of_them()
    {
        TemplateGallery gallery = new("G1", [new(1, 10), new(2, 10), new(3, 20)]);
        // 6: its own person by the nearer of two templates (.985) before the other (.766). 7: the other (.985) before its own (.940).
        // 8: a stranger, -.342 at best. 5: no face.
        TemplateSubject[] probes = [new(6, 10), new(7, 10), new(8, 99), new(5, 10)];
        IdentificationReport report = TemplateProtocol.Identify(
            gallery,
            probes,
            Templates,
            (0.9, 1e-2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((2, 3, 1, 1), (report.Enrolled, report.MatedProbes, report.NonMatedProbes, report.Missed));
        Assert.Equal([1 / 3.0, 2 / 3.0], report.Cmc);
        OpenSetRate own = report.AtThreshold!;
        Assert.Equal((0, 1), (own.Fpir.Events, own.Fpir.Trials));
        Assert.Equal((2, 3), (own.Fnir.Events, own.Fnir.Trials));
        Assert.Equal(1, own.WrongNames.Events);
    }

    [Fact]
    public void Enrolled_template_without_a_face_is_not_found_and_finds_nobody()
    {
        TemplateGallery gallery = new("G1", [new(5, 10), new(3, 20)]);
        IdentificationReport report = TemplateProtocol.Identify(
            gallery,
            [new(6, 10), new(4, 20)],
            Templates,
            (0.9, 1e-2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal([0.5, 1], report.Cmc);
        Assert.Equal(1, report.AtThreshold!.Fnir.Events);
    }

    [Fact]
    public void All_that_is_wrong_with_lists_is_named_at_once()
    {
        TemplateLists lists = new()
        {
            Faces = [new("a.jpg", 1, 1)],
            Pairs = [new(1, 2, true), new(3, 4, false), new(5, 1, false)],
            Galleries = [new("G1", []), new("G1", [new(1, 1)])],
        };
        string message = Assert.Throws<EvaluationException>(lists.Validate).Message;
        Assert.Contains("nothing to search for", message);
        Assert.Contains("nobody is enrolled in G1", message);
        Assert.Contains("two galleries are called G1", message);
        Assert.Contains("no pictures are there of template 2, 3, 4, …", message);
        Assert.Contains(
            "neither pairs nor galleries",
            Assert.Throws<EvaluationException>(() => new TemplateLists { Faces = lists.Faces }.Validate()).Message
        );
    }
}
