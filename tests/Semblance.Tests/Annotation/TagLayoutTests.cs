using Semblance.Annotation;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class TagLayoutTests
{
    private static readonly SKRect Picture = SKRect.Create(0, 0, 1200, 800);

    /// <summary>Rows as in a school photograph: the heads of a row stand close to the chins of the one behind it.</summary>
    [Fact]
    public void Numbers_of_a_crowd_cover_neither_faces_nor_each_other()
    {
        SKRect[] faces =
        [
            .. Enumerable.Range(0, 60).Select(i => SKRect.Create(10 + i % 12 * 98 + i / 12 % 2 * 40, 4 + i / 12 * 84, 56, 70)),
        ];
        SKRect[] tags = TagLayout.Place(faces, [.. faces.Select(_ => new SKSize(20, 15))], Picture);
        for (int i = 0; i < tags.Length; i++)
        {
            Assert.True(Picture.Contains(tags[i]), $"{i} leaves the picture");
            Assert.All(faces, face => Assert.False(LabelLayout.Overlap(Middle(face), tags[i]), $"{i} covers a face"));
            for (int j = 0; j < i; j++)
                Assert.False(LabelLayout.Overlap(tags[j], tags[i]), $"{i} and {j} cover each other");
        }
    }

    [Fact]
    public void Number_touches_its_own_box()
    {
        SKRect face = SKRect.Create(400, 300, 60, 70);
        SKRect tag = TagLayout.Place([face], [new(20, 15)], Picture)[0];
        Assert.Equal((400f, 300f), (tag.Left, tag.Bottom));
    }

    private static SKRect Middle(SKRect face)
    {
        face.Inflate(-face.Width / 5, -face.Height / 5);
        return face;
    }
}
