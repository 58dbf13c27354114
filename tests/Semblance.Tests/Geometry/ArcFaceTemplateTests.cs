using System.Numerics;

namespace Semblance.Tests.Geometry;

public class ArcFaceTemplateTests
{
    [Fact]
    public void Points_are_those_of_the_field() =>
        Assert.Equal(
            [new(38.2946f, 51.6963f), new(73.5318f, 51.5014f), new(56.0252f, 71.7366f), new(41.5493f, 92.3655f), new(70.7299f, 92.2041f)],
            ArcFaceTemplate.Points.ToArray()
        );

    [Theory]
    [InlineData(112, 38.2946, 51.6963)]
    [InlineData(224, 76.5892, 103.3926)]
    [InlineData(128, 46.2946, 51.6963)]
    [InlineData(256, 92.5892, 103.3926)]
    public void First_eye_lies_where_the_size_puts_it(int size, double x, double y)
    {
        FaceLandmarks template = ArcFaceTemplate.ForSize(size);

        Assert.Equal(x, template.RightEye.X, 1e-4);
        Assert.Equal(y, template.RightEye.Y, 1e-4);
    }

    [Fact]
    public void Multiples_of_both_sides_count_as_multiples_of_112() =>
        Assert.InRange(Vector2.Distance(ArcFaceTemplate.Points.NoseTip * 8, ArcFaceTemplate.ForSize(896).NoseTip), 0, 1e-3f);

    [Theory]
    [InlineData(0)]
    [InlineData(-112)]
    [InlineData(160)]
    public void Size_is_refused_when_there_is_no_template(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ArcFaceTemplate.ForSize(size));
}
