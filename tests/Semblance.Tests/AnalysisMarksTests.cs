using System.Numerics;
using Semblance.Annotation;
using Semblance.Attributes;
using Semblance.Quality;

namespace Semblance.Tests;

public sealed class AnalysisMarksTests
{
    private static readonly AnalyzedFace Face = new()
    {
        Box = new(10, 10, 80, 90),
        Score = 0.987f,
        Landmarks = default,
    };

    [Fact]
    public void Detection_alone_shows_its_score() => Assert.Equal("0.99", LabelOf(Face));

    [Fact]
    public void Every_feature_has_a_short_line()
    {
        AnalyzedFace face = Face with
        {
            Quality = new FaceQuality(0.874, []),
            Age = AttributeEstimate.Of(new AgeEstimate(34, [28.2, 41])),
            Gender = AttributeEstimate.Of(new GenderEstimate("female", 0.97)),
            Emotion = AttributeEstimate.Of(new EmotionEstimate("happy", new Dictionary<string, double> { ["happy"] = 1 })),
            Pose = AttributeEstimate.Of(new HeadPose(-12.2, 3, -0.2)),
        };
        Assert.Equal("score 0.99\nquality 0.87\nfemale  28\u201341\nhappy\nyaw \u221212°  pitch 3°\nroll 0°", LabelOf(face));
        Assert.All(LabelOf(face).Split('\n'), line => Assert.True(AnnotationFont.Draws(line), line));
    }

    [Fact]
    public void What_cannot_be_judged_takes_no_line() =>
        Assert.Equal("0.99", LabelOf(Face with { Age = AttributeEstimate.NotKnown<AgeEstimate>("face too small") }));

    [Fact]
    public void Known_person_has_name_similarity_and_colour_of_its_own()
    {
        FaceMark mark = MarkOf(
            Face with
            {
                Person = new()
                {
                    Id = "7",
                    Name = "Ada",
                    Similarity = 0.7149,
                },
            }
        );
        Assert.Equal(("Ada  0.71", MarkStyle.Known, "7"), (mark.Label, mark.Style, mark.Person));
    }

    [Fact]
    public void Name_that_the_font_lacks_is_the_number_of_the_face() =>
        Assert.Equal(
            "face 1  0.50",
            LabelOf(
                Face with
                {
                    Person = new()
                    {
                        Id = "7",
                        Name = "王小明",
                        Similarity = 0.5,
                    },
                }
            )
        );

    [Fact]
    public void Stranger_is_drawn_as_one()
    {
        FaceMark mark = MarkOf(Face with { Person = new() { Unknown = "best 0.21, threshold 0.41" } });
        Assert.Equal(("unknown", MarkStyle.Stranger), (mark.Label, mark.Style));
    }

    [Fact]
    public void Points_of_the_face_become_its_contour()
    {
        Vector2[] points = [.. Enumerable.Range(0, FaceLandmarks68.Count).Select(i => new Vector2(i, i))];
        Assert.Equal(points, MarkOf(Face with { Landmarks68 = AttributeEstimate.Of(new FaceLandmarks68(points)) }).Contour);
    }

    [Fact]
    public void Picture_that_could_not_be_read_has_no_marks() =>
        Assert.Throws<ArgumentException>(() => AnalysisMarks.Of(ImageAnalysis.Failed("a.jpg", new IOException("gone"))));

    private static string LabelOf(AnalyzedFace face) => MarkOf(face).Label;

    private static FaceMark MarkOf(AnalyzedFace face) =>
        Assert.Single(AnalysisMarks.Of(new ImageAnalysis { Input = "a.jpg", Faces = [face] }));
}
