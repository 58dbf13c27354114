using Semblance.Imaging;
using Semblance.Json;
using Semblance.Matching;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests;

/// <summary>One comparison answers at several rates what each of them would be answered alone.</summary>
public sealed class VerificationRatesTests
{
    private static readonly double[] Rates = [1e-2, 1e-3, 1e-4, 1e-5, 3e-6];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, FaceChoice.Largest)]
    [InlineData(0, FaceChoice.All)]
    [InlineData(7, FaceChoice.Largest)]
    public async Task Every_rate_is_answered_as_if_it_had_been_asked_for_alone(int blur, FaceChoice choice)
    {
        VerificationResult all = await VerifyAsync(new() { Face = choice, FurtherRates = Rates }, blur);
        Assert.Equal(Rates, all.Rates!.Select(at => at.FalseMatchRate));
        foreach (RateDecision at in all.Rates!)
        {
            VerificationResult alone = await VerifyAsync(new() { Face = choice, FalseMatchRate = at.FalseMatchRate }, blur);
            Assert.Null(alone.Rates);
            Assert.Equal(
                (alone.Match, alone.Decision, alone.Similarity, alone.Score, alone.Threshold),
                (at.Match, at.Decision, at.Similarity, at.Score, at.Threshold)
            );
            Assert.Equal(alone.CannotTell?.Reasons, at.CannotTell?.Reasons);
            Assert.Null(at.Error);
            Assert.Equal(blur > 0 && at.Decision != Decision.Same, at.CannotTell is not null);
        }
        Assert.Equal(blur > 0, all.Rates!.Any(at => at.Decision == Decision.CannotTell));
        Assert.Equal(all.Rates!.Select(at => at.Threshold).Order(), all.Rates!.Select(at => at.Threshold));
        Assert.True(all.Rates![^1].Threshold > all.Rates[0].Threshold);
    }

    [Fact]
    public async Task Rate_that_cannot_be_promised_says_so_and_leaves_the_others_their_answer()
    {
        VerificationResult result = await VerifyAsync(new() { FurtherRates = [1e-12, 1e-3] });
        RateDecision refused = result.Rates![0];
        Assert.Equal(("unsupported-rate", ErrorCategory.Unsupported), (refused.Error!.Code, refused.Error.Category));
        Assert.Equal((null, null, null), (refused.Match, refused.Decision, refused.Threshold));
        Assert.Equal(Decision.Same, result.Rates[1].Decision);
        Assert.Equal(Decision.Same, result.Decision);
    }

    [Fact]
    public async Task Own_threshold_holds_for_the_answer_and_rates_for_theirs()
    {
        VerificationResult result = await VerifyAsync(new() { Threshold = 0.999, FurtherRates = [1e-3] });
        Assert.Equal((Decision.Different, Decision.Same), (result.Decision, result.Rates![0].Decision));
    }

    [Fact]
    public async Task Document_has_rates_only_where_they_were_asked_for()
    {
        Assert.DoesNotContain("\"rates\"", SemblanceJson.Serialize(await VerifyAsync(new())), StringComparison.Ordinal);
        Assert.Contains(
            "\"rates\":[{\"falseMatchRate\":0.001,\"match\":true,\"decision\":\"same\",\"similarity\":",
            SemblanceJson.Serialize(await VerifyAsync(new() { FurtherRates = [1e-3] })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rates_that_are_none_are_named_together()
    {
        InvalidOptionsException error = Assert.Throws<InvalidOptionsException>(
            new VerificationOptions { FurtherRates = [0, 1e-3, 1.5] }.Validate
        );
        Assert.Contains("FurtherRates has 0,", error.Message, StringComparison.Ordinal);
        Assert.Contains("FurtherRates has 1.5,", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A photograph, blurred where it is asked for, with a darker one of it.</summary>
    private static Task<VerificationResult> VerifyAsync(VerificationOptions options, int blur = 0)
    {
        string photograph = ReferenceData.Sample("astronaut.png");
        PictureItem dark = PictureItem.FromFile(ReferenceData.Sample("astronaut-dim.jpg"));
        return TestModels.Analyzer.VerifyAsync(
            blur == 0 ? PictureItem.FromFile(photograph) : PictureItem.FromBytes("blurred.png", Blurred(photograph, blur)),
            dark,
            options,
            Stop
        );
    }

    private static byte[] Blurred(string photograph, int blur)
    {
        using SKBitmap picture = SKBitmap.Decode(photograph);
        using SKBitmap blurred = new(picture.Width, picture.Height);
        using (SKCanvas canvas = new(blurred))
        using (SKPaint paint = new() { ImageFilter = SKImageFilter.CreateBlur(blur, blur) })
        using (SKImage image = SKImage.FromBitmap(picture))
            canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default, paint);
        using SKData png = blurred.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
