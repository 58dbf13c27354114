using Semblance.Annotation;
using SkiaSharp;

namespace Semblance.Tests.Annotation;

public sealed class LabelLayoutTests
{
    private static readonly SKRect Picture = SKRect.Create(0, 0, 1000, 700);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Labels_cover_neither_faces_nor_each_other_nor_leave_the_picture(int seed)
    {
        Random random = new(seed);
        int placedOften = 0;
        for (int run = 0; run < 200; run++)
        {
            SKRect[] faces = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Face(random))];
            SKSize[] sizes = [.. faces.Select(_ => new SKSize(random.Next(30, 160), random.Next(14, 70)))];
            if (LabelLayout.Place(faces, sizes, Picture, 2) is not { } labels)
                continue;
            placedOften++;
            for (int i = 0; i < labels.Length; i++)
            {
                Assert.True(Picture.Contains(labels[i]), $"seed {seed}, run {run}: {labels[i]} leaves the picture");
                Assert.All(faces, face => Assert.False(LabelLayout.Overlap(face, labels[i]), $"seed {seed}, run {run}: covers a face"));
                for (int j = 0; j < i; j++)
                    Assert.False(LabelLayout.Overlap(labels[j], labels[i]), $"seed {seed}, run {run}: labels cover each other");
            }
        }
        Assert.InRange(placedOften, 120, 200);
    }

    [Fact]
    public void Label_stands_above_its_face_where_there_is_room()
    {
        SKRect label = LabelLayout.Place([SKRect.Create(300, 300, 100, 120)], [new(80, 20)], Picture, 2)![0];
        Assert.Equal(SKRect.Create(300, 278, 80, 20), label);
    }

    [Fact]
    public void Label_stands_below_a_face_at_the_upper_edge()
    {
        SKRect label = LabelLayout.Place([SKRect.Create(300, 5, 100, 120)], [new(80, 20)], Picture, 2)![0];
        Assert.Equal(SKRect.Create(300, 127, 80, 20), label);
    }

    [Fact]
    public void Label_is_moved_into_the_picture_at_its_side()
    {
        SKRect label = LabelLayout.Place([SKRect.Create(950, 300, 50, 60)], [new(120, 20)], Picture, 2)![0];
        Assert.Equal(1000, label.Right);
    }

    [Fact]
    public void Labels_that_find_no_place_are_refused() =>
        Assert.Null(LabelLayout.Place([SKRect.Create(10, 10, 980, 680)], [new(80, 40)], Picture, 2));

    [Fact]
    public void Face_without_a_label_takes_no_place() =>
        Assert.Equal([SKRect.Empty], LabelLayout.Place([SKRect.Create(10, 10, 980, 680)], [SKSize.Empty], Picture, 2)!);

    private static SKRect Face(Random random)
    {
        float side = random.Next(20, 120);
        return SKRect.Create(random.Next(0, (int)(1000 - side)), random.Next(0, (int)(700 - 1.2f * side)), side, 1.2f * side);
    }
}
