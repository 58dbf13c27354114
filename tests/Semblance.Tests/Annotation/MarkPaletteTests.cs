using Semblance.Annotation;
using Semblance.Detection;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class MarkPaletteTests
{
    [Fact]
    public void Every_person_of_a_picture_has_a_colour_of_its_own_and_keeps_it()
    {
        SKColor[] colors = MarkPalette.ColorsOf([.. Enumerable.Range(0, 10).Select(i => Known($"person {i}")), Known("person 3")]);
        Assert.Equal(10, colors.Distinct().Count());
        Assert.Equal(colors[3], colors[10]);
    }

    [Fact]
    public void Person_has_the_same_colour_in_another_picture() =>
        Assert.Equal(MarkPalette.ColorsOf([Known("ada")])[0], MarkPalette.ColorsOf([Known("ada"), Known("bob")])[0]);

    [Fact]
    public void What_is_no_person_has_colours_that_no_person_has()
    {
        SKColor[] others = MarkPalette.ColorsOf([
            .. new[] { MarkStyle.Stranger, MarkStyle.Different, MarkStyle.CannotTell }.Select(Styled),
        ]);
        SKColor[] people = MarkPalette.ColorsOf([.. Enumerable.Range(0, 200).Select(i => Known($"{i}"))]);
        Assert.Equal(3, others.Distinct().Count());
        Assert.Empty(others.Intersect(people));
    }

    private static FaceMark Known(string person) => Styled(MarkStyle.Known) with { Person = person };

    private static FaceMark Styled(MarkStyle style) => new(new DetectedFace(default, 1, default), "") { Style = style };
}
