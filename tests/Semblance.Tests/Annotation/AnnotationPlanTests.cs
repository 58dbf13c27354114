using Semblance.Annotation;
using Semblance.Detection;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class AnnotationPlanTests
{
    [Fact]
    public void Two_faces_have_labels_and_a_crowd_has_numbers()
    {
        using AnnotationPlan two = AnnotationPlan.For([Mark(100, 200), Mark(500, 200)], 900, 600);
        Assert.NotNull(two.Labels);
        Assert.Null(two.Legend);

        using AnnotationPlan crowd = AnnotationPlan.For(
            [.. Enumerable.Range(0, 30).Select(i => Mark(10 + i % 10 * 88, 20 + i / 10 * 110))],
            900,
            600
        );
        Assert.NotNull(crowd.Legend);
        Assert.Null(crowd.Labels);
        Assert.Equal(["1", "2", "3"], crowd.Numbers[..3]);
        Assert.True(crowd.Legend.Height > 0);
    }

    [Fact]
    public void Long_labels_of_small_faces_go_to_a_legend()
    {
        FaceMark[] faces = [Small(100), Small(600)];
        using AnnotationPlan plan = AnnotationPlan.For(faces, 900, 600);
        Assert.NotNull(plan.Legend);

        static FaceMark Small(float x) => Mark(x, 200, 30) with { Label = "score 1.00\nquality 0.98\nfemale  20\u201330\nhappy" };
    }

    [Fact]
    public void Numbers_of_the_caller_are_kept()
    {
        using AnnotationPlan plan = AnnotationPlan.For([Mark(100, 200) with { Number = 7 }, Mark(500, 200)], 900, 600);
        Assert.Equal(["7", "2"], plan.Numbers);
    }

    [Fact]
    public void Text_grows_with_the_picture()
    {
        using AnnotationPlan small = AnnotationPlan.For([Mark(100, 100, 120)], 400, 300);
        using AnnotationPlan large = AnnotationPlan.For([Mark(1000, 1000, 1200)], 4000, 3000);
        Assert.Equal(11, small.Text.Size);
        Assert.InRange(large.Text.Size, 60, 90);
    }

    [Fact]
    public void Box_beyond_the_picture_is_drawn_at_its_edge()
    {
        using AnnotationPlan plan = AnnotationPlan.For([Mark(-50, -40, 200), Mark(850, 500, 200)], 900, 600);
        Assert.All(plan.Boxes, box => Assert.True(SKRect.Create(-0.5f, -0.5f, 900, 600).Contains(box)));
    }

    private static FaceMark Mark(float x, float y, float width = 80) =>
        new(new DetectedFace(new(x, y, width, 1.2f * width), 0.9f, default), "score 0.90\nquality 0.88\nhappy");
}
