using System.Globalization;
using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Json;
using Semblance.Matching;
using Semblance.Quality;
using Semblance.TestSupport;

namespace Semblance.Tests;

/// <summary>Under a culture that writes 0,5 and 1.000 every text is what it is under the invariant one.</summary>
public sealed class CultureTests
{
    private static readonly CultureInfo German = new(CultureInfo.InvariantCulture.Name)
    {
        NumberFormat =
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = ".",
            PercentDecimalSeparator = ",",
            NegativeSign = "\u2212",
        },
    };

    public static TheoryData<string> Texts => [.. Makers.Keys];

    private static Dictionary<string, Func<string>> Makers { get; } =
        new()
        {
            ["reasons of a poor face"] = ReasonsOfAPoorFace,
            ["a picture above the limit"] = () => new ImageTooLargeException("a.jpg", 12345, 6789, 1_500_000).Message,
            ["a rate that is too small"] = () => new UnsupportedRateException("m", 1.5e-9, 3e-6, 0.01).Message,
            ["a rate that is too large"] = () => new UnsupportedRateException("m", 0.5, 3e-6, 0.0125).Message,
            ["wrong options"] = () =>
                Message(
                    new FaceAnalyzerOptions
                    {
                        Detection = new() { MinScore = 1.5f, MinFaceSize = -2.5f },
                    }.Validate
                ),
            ["a wrong verification"] = () => Message(new VerificationOptions { FalseMatchRate = 1.5, Threshold = -1.25 }.Validate),
            ["points that coincide"] = () =>
                Message(() => SimilarityEstimator.Estimate([new(1.25f, 2.5f), new(1.25f, 2.5f)], [new(0, 0), new(1.5f, 1)])),
            ["a document"] = () => SemblanceJson.Serialize(Analyze()),
            ["an unknown age"] = () => Analyze().Faces![0].Age!.Unknown!,
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_the_same_under_a_culture_with_a_decimal_comma(string name)
    {
        Assert.Equal("1,5", 1.5.ToString(German));
        CultureInfo before = CultureInfo.CurrentCulture;
        string invariant = Makers[name]();
        try
        {
            CultureInfo.CurrentCulture = German;
            Assert.Equal(invariant, Makers[name]());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Matches("[0-9]", invariant);
    }

    private static string Message(Action wrong) => Assert.ThrowsAny<Exception>(wrong).Message;

    private static string ReasonsOfAPoorFace()
    {
        byte[] grey = new byte[112 * 112 * 3];
        Array.Fill(grey, (byte)30);
        FaceLandmarks landmarks = FaceLandmarks.From([new(10, 10), new(14, 10), new(18, 12), new(10, 15), new(14, 15)]);
        DetectedFace face = new(new(5, 5, 15, 15), 0.5f, landmarks);
        AlignedFace crop = new(
            new(grey, 112, 112, 112 * 3, PixelFormat.Rgb24),
            SimilarityEstimator.Estimate(face.Landmarks, face.LandmarksSource, 112),
            face
        );
        FaceQuality quality = FaceQualityAssessor.Assess(crop, 16, 16);
        Assert.True(quality.Reasons.Count >= 4, string.Join("; ", quality.Reasons));
        return string.Join("; ", quality.Reasons);
    }

    /// <summary>A face that is found, and too small for its age to be judged.</summary>
    private static ImageAnalysis Analyze()
    {
        using FaceImage image = FaceImage.FromBytes(SmallPhotograph.Value, "small");
        return TestModels.Analyzer.Analyze(image, FaceFeatures.Quality | FaceFeatures.Age, TestContext.Current.CancellationToken) with
        {
            Timings = null,
        };
    }

    private static readonly Lazy<byte[]> SmallPhotograph = new(() =>
    {
        using SkiaSharp.SKBitmap full = SkiaSharp.SKBitmap.Decode(ReferenceData.Sample("astronaut.png"));
        using SkiaSharp.SKBitmap small = full.Resize(
            new SkiaSharp.SKImageInfo(128, 128),
            new SkiaSharp.SKSamplingOptions(SkiaSharp.SKFilterMode.Linear, SkiaSharp.SKMipmapMode.Linear)
        );
        using SkiaSharp.SKData data = small.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    });
}
