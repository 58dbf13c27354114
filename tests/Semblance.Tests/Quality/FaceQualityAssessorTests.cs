using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Quality;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Quality;

public sealed class FaceQualityAssessorTests
{
    private static readonly FaceAligner Aligner = new();

    [Fact]
    public void A_good_portrait_has_no_reasons()
    {
        FaceQuality quality = Assess(image => image);
        Assert.Empty(quality.Reasons);
        Assert.True(quality.Score > 0.9);
    }

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(2.0, 0.0)]
    [InlineData(3.0, 0.5)]
    [InlineData(4.0, 1.0)]
    [InlineData(9.0, 1.0)]
    public void Norm_of_the_embedding_is_a_factor_of_the_score(double norm, double factor)
    {
        FaceQuality alone = Assess(image => image),
            quality = Assess(image => image, 1, norm);
        Assert.Equal(Math.Sqrt(alone.Score) * factor, quality.Score, 1e-9);
        QualityComponent component = Assert.Single(quality.Components, c => c.Name == QualityComponent.EmbeddingNorm);
        Assert.Equal((norm, factor), (component.Value, component.Factor));
        Assert.Equal(factor < FaceQualityAssessor.ReasonBelow, quality.Reasons.Contains(component.Reason));
    }

    [Fact]
    public void Reasons_of_the_norm_give_both_figures() =>
        Assert.Contains("hard to recognise (embedding norm 2.50, 4.00 is plenty)", Assess(image => image, 1, 2.5).Reasons);

    [Fact]
    public void Score_is_made_of_the_components()
    {
        Func<SKBitmap, SKBitmap> blur = Filtered(null, SKImageFilter.CreateBlur(3, 3));
        FaceQuality picture = Assess(blur),
            quality = Assess(blur, 1, 3.5);
        Assert.InRange(picture.Score, 0.01, 0.9);
        Assert.Equal(Product(picture.Components), picture.Score, 1e-3);
        Assert.Equal(0.75 * Math.Sqrt(Product(picture.Components)), quality.Score, 1e-3);
        Assert.Equal(8, quality.Components.Select(component => component.Name).Distinct().Count());

        static double Product(IEnumerable<QualityComponent> components) =>
            components.Aggregate(1.0, (product, component) => product * component.Factor);
    }

    [Fact]
    public void A_dark_picture_is_called_dark() =>
        AssertReason(
            Filtered(SKColorFilter.CreateColorMatrix([.08f, 0, 0, 0, 0, 0, .08f, 0, 0, 0, 0, 0, .08f, 0, 0, 0, 0, 0, 1, 0]), null),
            "dark"
        );

    [Fact]
    public void A_blurred_picture_is_called_blurred() => AssertReason(Filtered(null, SKImageFilter.CreateBlur(4, 4)), "blurred");

    [Fact]
    public void A_small_face_is_called_small()
    {
        FaceQuality quality = Assess(
            image =>
            {
                SKImageInfo small = new(image.Width / 4, image.Height / 4, SKColorType.Rgba8888, SKAlphaType.Opaque);
                SKBitmap scaled = new(small);
                using SKCanvas canvas = new(scaled);
                using SKImage whole = SKImage.FromBitmap(image);
                canvas.DrawImage(
                    whole,
                    SKRect.Create(small.Width, small.Height),
                    new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                );
                canvas.Flush();
                return scaled;
            },
            0.25f
        );
        Assert.Contains(quality.Reasons, reason => reason.StartsWith("small"));
    }

    [Fact]
    public void Turn_grows_as_the_nose_leaves_the_middle()
    {
        FaceLandmarks frontal = ArcFaceTemplate.Points;
        FaceLandmarks turned = frontal with { NoseTip = frontal.NoseTip + new System.Numerics.Vector2(25, 0) };
        Assert.InRange(FacePose.TurnOf(frontal), 0, 0.05);
        Assert.InRange(FacePose.TurnOf(turned), 0.5, 0.75);
    }

    [Fact]
    public void A_face_cut_by_the_border_is_called_cut_off()
    {
        using SKBitmap bitmap = SKBitmap.Decode(ReferenceData.Sample("astronaut.png"));
        using SKBitmap half = new(new SKImageInfo(512 - 222, 512, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(half);
        canvas.DrawBitmap(bitmap, -222, 0, new SKSamplingOptions(SKFilterMode.Nearest), null);
        canvas.Flush();
        using FaceImage image = FaceImage.FromBitmap(half);
        DetectedFace face = Face(1) with { Landmarks = Face(1).Landmarks.Select(p => p - new System.Numerics.Vector2(222, 0)) };
        Assert.Contains(FaceQualityAssessor.Assess(Aligner.Align(image, face), image.Width, image.Height).Reasons, reason =>
            reason.StartsWith("cut off")
        );
    }

    private static void AssertReason(Func<SKBitmap, SKBitmap> change, string reason) =>
        Assert.Contains(Assess(change).Reasons, found => found.StartsWith(reason));

    private static FaceQuality Assess(Func<SKBitmap, SKBitmap> change, float scale = 1, double? norm = null)
    {
        using SKBitmap original = SKBitmap.Decode(ReferenceData.Sample("astronaut.png"));
        using SKBitmap changed = change(original);
        using FaceImage image = FaceImage.FromBitmap(changed);
        AlignedFace crop = Aligner.Align(image, Face(scale));
        return norm is { } length
            ? FaceQualityAssessor.Assess(crop, image.Width, image.Height, length, new(2, 4))
            : FaceQualityAssessor.Assess(crop, image.Width, image.Height);
    }

    private static Func<SKBitmap, SKBitmap> Filtered(SKColorFilter? colors, SKImageFilter? filter) =>
        original =>
        {
            SKBitmap target = new(new SKImageInfo(original.Width, original.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using SKCanvas canvas = new(target);
            using SKPaint paint = new() { ColorFilter = colors, ImageFilter = filter };
            canvas.DrawBitmap(original, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest), paint);
            canvas.Flush();
            return target;
        };

    private static DetectedFace Face(float scale) =>
        new(
            new(179 * scale, 63 * scale, 89 * scale, 111 * scale),
            1,
            new FaceLandmarks(
                new(204.9f, 101.6f),
                new(247.5f, 103.6f),
                new(225.6f, 128.4f),
                new(201.9f, 139.9f),
                new(246.1f, 141.7f)
            ).Select(p => p * scale)
        );
}
