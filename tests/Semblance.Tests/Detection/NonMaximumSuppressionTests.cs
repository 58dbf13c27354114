using System.Runtime.Intrinsics;
using Semblance.Detection;

namespace Semblance.Tests.Detection;

public sealed class NonMaximumSuppressionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Select_keeps_what_the_plain_rule_keeps(int seed)
    {
        Random random = new(seed);
        Vector128<float>[] boxes =
        [
            .. Enumerable
                .Range(0, 500)
                .Select(_ =>
                {
                    float x = random.Next(200),
                        y = random.Next(200),
                        side = 10 + random.Next(60);
                    return Vector128.Create(x, y, x + side, y + side);
                }),
        ];
        // Few different scores, so that ties are common.
        float[] scores = [.. boxes.Select(_ => random.Next(20) / 20f)];
        foreach (OverlapMeasure measure in Enum.GetValues<OverlapMeasure>())
            Assert.Equal(Plain(boxes, scores, 0.4f, measure), NonMaximumSuppression.Select(boxes, scores, 0.4f, measure));
    }

    [Fact]
    public void Select_of_nothing_is_nothing() => Assert.Empty(NonMaximumSuppression.Select([], [], 0.5f, OverlapMeasure.Union));

    [Fact]
    public void A_box_inside_another_goes_only_by_the_smaller_area()
    {
        Vector128<float>[] boxes = [Vector128.Create(0f, 0, 100, 100), Vector128.Create(40f, 40, 60, 60)];
        Assert.Equal([0, 1], NonMaximumSuppression.Select(boxes, [0.9f, 0.8f], 0.7f, OverlapMeasure.Union));
        Assert.Equal([0], NonMaximumSuppression.Select(boxes, [0.9f, 0.8f], 0.7f, OverlapMeasure.MinimumInclusive));
    }

    private static List<int> Plain(Vector128<float>[] boxes, float[] scores, float threshold, OverlapMeasure measure)
    {
        List<int> kept = [];
        float extra = measure == OverlapMeasure.Union ? 0 : 1;
        foreach (int i in Enumerable.Range(0, boxes.Length).OrderByDescending(i => scores[i]))
            if (!kept.Exists(k => Overlap(boxes[k], boxes[i], measure, extra) > threshold))
                kept.Add(i);
        return kept;
    }

    private static float Overlap(Vector128<float> a, Vector128<float> b, OverlapMeasure measure, float extra)
    {
        float w = MathF.Max(0, MathF.Min(a[2], b[2]) - MathF.Max(a[0], b[0]) + extra),
            h = MathF.Max(0, MathF.Min(a[3], b[3]) - MathF.Max(a[1], b[1]) + extra);
        float areaA = (a[2] - a[0] + extra) * (a[3] - a[1] + extra),
            areaB = (b[2] - b[0] + extra) * (b[3] - b[1] + extra);
        return w * h / (measure == OverlapMeasure.MinimumInclusive ? MathF.Min(areaA, areaB) : areaA + areaB - w * h);
    }
}
