using System.Numerics;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Tests.Attributes;

public sealed class OnnxFaceAttributesTests : IDisposable
{
    private readonly AttributeModelFixture _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Crops_give_the_mean_of_the_distribution_and_the_surer_gender()
    {
        using OnnxFaceAttributes model = new(_models.AgeGender(), execution: TestModels.OneThread);
        using FaceImage red = Striped(40, 255, 0),
            dark = Striped(40, 60, 0);
        IReadOnlyList<FaceAttributes> faces = model.EstimateCrops([red, dark], TestContext.Current.CancellationToken);
        // Half of the stripes are red: mean 0.5, ages' logits -10, 0, 10 and genders' -2, 2.
        Assert.Equal(2, faces[0].Age!.Value!.Years, 1);
        Assert.Equal("male", faces[0].Gender!.Value!.Label);
        Assert.Equal(1 / (1 + Math.Exp(-4)), faces[0].Gender!.Value!.Probability, 0.02);
        // 60 of 255 on half of it: mean 0.118, logits -2.35, 0, 2.35.
        double weight = Math.Exp(-2.35),
            expected = (2 + weight) / (1 + weight + weight * weight);
        Assert.Equal(expected, faces[1].Age!.Value!.Years, 0.06);
        Assert.Null(faces[0].Emotion);
    }

    [Fact]
    public void A_crop_below_the_smallest_face_is_unknown_with_the_figure()
    {
        using OnnxFaceAttributes model = new(_models.AgeGender(), execution: TestModels.OneThread);
        using FaceImage small = Striped(19, 255, 0),
            large = Striped(20, 255, 0);
        IReadOnlyList<FaceAttributes> faces = model.EstimateCrops([small, large], TestContext.Current.CancellationToken);
        Assert.Equal("face too small (19 px, 20 needed)", faces[0].Age!.Unknown);
        Assert.Equal("face too small (19 px, 20 needed)", faces[0].Gender!.Unknown);
        Assert.True(faces[1].Age!.IsKnown);
    }

    [Theory]
    [InlineData(3, "too dark")]
    [InlineData(252, "overexposed")]
    [InlineData(128, "no contrast")]
    public void A_crop_that_shows_nothing_is_unknown(byte grey, string reason)
    {
        using OnnxFaceAttributes model = new(_models.AgeGender(), execution: TestModels.OneThread);
        using FaceImage blank = Filled(40, (_, _) => (grey, grey, grey));
        Assert.StartsWith(reason, model.EstimateCrops([blank], TestContext.Current.CancellationToken)[0].Age!.Unknown);
    }

    [Fact]
    public void A_young_childs_gender_needs_the_certainty_that_the_manifest_asks_for()
    {
        AttributeSettings strict =
                new()
                {
                    MinimumFace = 20,
                    ChildBelow = 10,
                    ChildGenderCertainty = 0.99,
                },
            lenient = strict with { ChildBelow = 1 };
        using FaceImage red = Striped(40, 255, 0);
        using OnnxFaceAttributes doubtful = new(_models.AgeGender(strict), execution: TestModels.OneThread);
        AttributeEstimate<GenderEstimate> unknown = doubtful.EstimateCrops([red], TestContext.Current.CancellationToken)[0].Gender!;
        Assert.StartsWith("a young child's face", unknown.Unknown);
        using OnnxFaceAttributes sure = new(_models.AgeGender(lenient), execution: TestModels.OneThread);
        Assert.True(sure.EstimateCrops([red], TestContext.Current.CancellationToken)[0].Gender!.IsKnown);
    }

    [Fact]
    public void Mirroring_makes_a_lopsided_crop_and_its_mirror_image_equal()
    {
        using OnnxFaceAttributes model = new(_models.AgeGender(new() { MinimumFace = 20, Mirror = true }), execution: TestModels.OneThread);
        using FaceImage left = Filled(40, (x, _) => x < 20 ? ((byte)200, (byte)0, (byte)0) : ((byte)0, (byte)60, (byte)0));
        using FaceImage right = Filled(40, (x, _) => x >= 20 ? ((byte)200, (byte)0, (byte)0) : ((byte)0, (byte)60, (byte)0));
        IReadOnlyList<FaceAttributes> faces = model.EstimateCrops([left, right], TestContext.Current.CancellationToken);
        Assert.Equal(faces[0].Gender!.Value!.Probability, faces[1].Gender!.Value!.Probability, 1e-3);
    }

    [Fact]
    public void A_face_in_a_photograph_is_cut_so_that_its_landmarks_lie_on_the_template()
    {
        // The five points of the template three times as large, at (30, 12): the crop must show the red square from there and nothing of
        // the green around.
        using FaceImage photo = Filled(100, (x, y) =>
            x is >= 30 and < 78 && y is >= 12 and < 60 ? ((byte)255, (byte)(x % 12 < 6 ? 80 : 0), (byte)0) : ((byte)0, (byte)255, (byte)0)
        );
        Vector2[] points =
        [
            .. new[] { new Vector2(5, 6), new(10, 6), new(7.5f, 8), new(6, 11), new(9, 11) }.Select(p => p * 3 + new Vector2(31, 13)),
        ];
        DetectedFace face = new(new(30, 12, 48, 48), 1, FaceLandmarks.From(points));
        using OnnxFaceAttributes model = new(_models.AgeGender(), execution: TestModels.OneThread);
        FaceAttributes inside = Assert.Single(model.Estimate(photo, [face], TestContext.Current.CancellationToken));
        Assert.Equal(1 / (1 + Math.Exp(-8)), inside.Gender!.Value!.Probability, 1e-3);
    }

    [Fact]
    public void Label_sets_that_contradict_each_other_are_chosen_by_name()
    {
        InstalledModel emotion = _models.Emotion();
        using FaceImage red = Striped(40, 255, 0);
        using OnnxFaceAttributes own = new(emotion, execution: TestModels.OneThread),
            contrary = new(emotion, new() { EmotionLabels = "contrary" }, TestModels.OneThread);
        EmotionEstimate happy = own.EstimateCrops([red], TestContext.Current.CancellationToken)[0].Emotion!.Value!;
        Assert.Equal("happy", happy.Label);
        Assert.Equal(1, happy.Probabilities.Values.Sum(), 1e-3);
        Assert.Equal("sad", contrary.EstimateCrops([red], TestContext.Current.CancellationToken)[0].Emotion!.Value!.Label);
        ModelException error = Assert.Throws<ModelException>(() => new OnnxFaceAttributes(emotion, new() { EmotionLabels = "affectnet" }));
        Assert.Contains("emotion:contrary", error.Message);
    }

    [Theory]
    [InlineData(30, 4, "sad")]
    [InlineData(30, 200, "happy")]
    [InlineData(60, 4, "happy")]
    public void The_default_expression_is_that_of_the_label_sets_for_the_kind_of_picture(int side, byte spread, string expected)
    {
        ExpressionChoice choice = new()
        {
            GreyBelow = 6,
            SmallBelow = 50,
            SmallGrey = new Dictionary<string, double> { ["contrary"] = 1 },
            Other = new Dictionary<string, double> { ["plain"] = 0.8, ["contrary"] = 0.2 },
        };
        using OnnxFaceAttributes model = new(
            _models.Emotion(new() { MinimumFace = 20, Expression = choice }),
            execution: TestModels.OneThread
        );
        // Stripes of a little or much more red than blue: happy by itself, sad by the contrary labels.
        using FaceImage picture = Filled(side, (x, _) =>
            x % 10 < 5 ? ((byte)(40 + spread), (byte)40, (byte)40) : ((byte)20, (byte)20, (byte)20)
        );
        EmotionEstimate emotion = model.EstimateCrops([picture], TestContext.Current.CancellationToken)[0].Emotion!.Value!;
        Assert.Equal(expected, emotion.Label);
        Assert.Equal(1, emotion.Probabilities.Values.Sum(), 1e-3);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused_and_all_named()
    {
        AttributeSettings settings = new()
        {
            AgeInterval = new()
            {
                Years = [10, 5],
                Below = [1, 1],
                Above = [1],
            },
            Expression = new()
            {
                GreyBelow = 6,
                SmallBelow = 50,
                SmallGrey = new Dictionary<string, double> { ["contrary"] = 0.5 },
                Other = new Dictionary<string, double> { ["contrary"] = 1 },
            },
        };
        string message = Assert.Throws<ModelException>(() => new OnnxFaceAttributes(_models.AgeGender(settings))).Message;
        Assert.Contains("ages of an age's interval must rise", message);
        Assert.Contains("2 and 1 factors", message);
        Assert.Contains("must be 1 together", message);
    }

    [Fact]
    public void A_label_set_of_the_choice_that_the_network_lacks_is_named()
    {
        Dictionary<string, double> unknown = new() { ["affectnet"] = 1 };
        AttributeSettings settings = new()
        {
            Expression = new()
            {
                GreyBelow = 6,
                SmallBelow = 50,
                SmallGrey = unknown,
                Other = unknown,
            },
        };
        Assert.Contains(
            "emotion:affectnet",
            Assert.Throws<ModelException>(() => new OnnxFaceAttributes(_models.Emotion(settings))).Message
        );
    }

    [Fact]
    public void A_manifest_with_too_few_labels_is_refused()
    {
        ModelException error = Assert.Throws<ModelException>(() => new OnnxFaceAttributes(_models.AgeGender(genders: ["female"])));
        Assert.Contains("1 labels", error.Message);
    }

    [Fact]
    public void A_model_asked_for_what_it_does_not_give_says_what_it_gives()
    {
        using OnnxFaceAttributes model = new(_models.AgeGender());
        ModelException error = Assert.Throws<ModelException>(() => FaceAttribute.Emotion(model));
        Assert.Contains("does not give emotion, only age and gender", error.Message);
        Assert.Equal("age-gender", FaceAttribute.Age(model).Model);
    }

    /// <summary>Vertical stripes of ten pixels, red and green in turn.</summary>
    private static FaceImage Striped(int side, byte red, byte blue) =>
        Filled(side, (x, _) => x % 20 < 10 ? (red, (byte)0, blue) : ((byte)0, (byte)90, (byte)0));

    private static FaceImage Filled(int side, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < side * side; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = colour(i % side, i / side);
        return FaceImage.FromPixels(new(pixels, side, side, side * 3, PixelFormat.Rgb24));
    }
}
