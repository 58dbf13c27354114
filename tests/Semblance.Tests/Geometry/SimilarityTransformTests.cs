using System.Numerics;
using FsCheck.Fluent;
using Semblance.Tests.Support;

namespace Semblance.Tests.Geometry;

public class SimilarityTransformTests
{
    [Fact]
    public void Inverse_brings_points_back()
    {
        var cases =
            from a in Gen.Choose(-300, 300)
            from b in Gen.Choose(1, 300)
            from shift in Gen.Choose(-2000, 2000)
            from x in Gen.Choose(0, 4000)
            from y in Gen.Choose(0, 4000)
            select (new SimilarityTransform(a / 100.0, b / 100.0, shift, -shift / 3.0), new Vector2(x, y));

        SeededProperty.Check(cases, c =>
        {
            (SimilarityTransform transform, Vector2 point) = c;
            Vector2 there = transform.Apply(point);
            float precision = (Math.Abs(there.X) + Math.Abs(there.Y) + 4000) / (float)transform.Scale * 1e-6f;
            Assert.InRange(Vector2.Distance(point, transform.Invert().Apply(there)), 0, precision + 1e-3f);
        });
    }

    [Fact]
    public void Point_is_turned_scaled_and_shifted() =>
        Assert.Equal(new Vector2(2 * 3 - 1 * 4 + 10, 1 * 3 + 2 * 4 - 20), new SimilarityTransform(2, 1, 10, -20).Apply(new(3, 4)));

    [Fact]
    public void Scale_is_the_length_of_a_unit_step() => Assert.Equal(5, new SimilarityTransform(3, 4, 7, 8).Scale);
}
