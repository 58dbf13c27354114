using System.Globalization;
using Semblance.Attributes;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Tests.Attributes;

/// <summary>The shipped models on a part of the validation data, where it is there: the figures of the cards must come out of the whole
/// line.</summary>
public sealed class AttributePackTests
{
    private const int Faces = 300;

    [Fact]
    public void Ages_and_genders_of_UTKFace_come_out_as_the_card_says()
    {
        string folder = ReferenceData.RequireUnpacked("data/utkface.tar");
        (string File, string Age, string Gender)[] rows =
        [
            .. Rows(folder).Where(row => row[4] == "val").Take(Faces).Select(row => (row[0], row[1], row[2])),
        ];
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find("age-gender"), execution: TestModels.OneThread);
        double error = 0,
            covered = 0;
        int answered = 0,
            right = 0;
        foreach ((string file, string age, string gender) in rows)
        {
            using FaceImage crop = FaceImage.FromFile(Path.Combine(folder, file));
            FaceAttributes face = Assert.Single(model.EstimateCrops([crop], TestContext.Current.CancellationToken));
            double years = double.Parse(age, CultureInfo.InvariantCulture);
            error += Math.Abs(face.Age!.Value!.Years - years) / rows.Length;
            if (years >= face.Age.Value.Interval80[0] && years <= face.Age.Value.Interval80[1])
                covered += 1.0 / rows.Length;
            if (!face.Gender!.IsKnown)
                continue;
            answered++;
            if (face.Gender.Value.Label == gender)
                right++;
        }
        // On 300 faces the standard error of the mean is about 0.35 years, of the coverage 0.023.
        Assert.InRange(error, 3, 6.3);
        Assert.InRange(covered, 0.73, 0.87);
        Assert.InRange((double)right / answered, 0.85, 1);
    }

    [Theory]
    [InlineData(60, 69)]
    [InlineData(70, 120)]
    public void Intervals_of_the_old_hold_what_they_say(int youngest, int oldest)
    {
        string folder = ReferenceData.RequireUnpacked("data/utkface.tar");
        (string File, int Age)[] rows =
        [
            .. Rows(folder)
                .Where(row => row[4] == "val")
                .Select(row => (File: row[0], Age: int.Parse(row[1], CultureInfo.InvariantCulture)))
                .Where(row => row.Age >= youngest && row.Age <= oldest),
        ];
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find("age-gender"), execution: TestModels.OneThread);
        int held = rows.Count(row =>
        {
            using FaceImage crop = FaceImage.FromFile(Path.Combine(folder, row.File));
            IReadOnlyList<double> interval = Assert
                .Single(model.EstimateCrops([crop], TestContext.Current.CancellationToken))
                .Age!.Value!.Interval80;
            return row.Age >= interval[0] && row.Age <= interval[1];
        });
        // The network's own percentiles hold 63 % of those in their sixties.
        Assert.InRange((double)held / rows.Length, 0.765, 0.835);
    }

    [Fact]
    public void Default_expression_is_FER_2013s_on_small_grey_crops_and_RAF_DBs_on_all_others()
    {
        string folder = ReferenceData.RequireUnpacked("data/emotion-colour.tar");
        InstalledModel emotion = TestModels.Catalog.Find("emotion");
        using OnnxFaceAttributes byDefault = new(emotion, execution: TestModels.OneThread),
            fer = new(emotion, new() { EmotionLabels = "fer2013" }, TestModels.OneThread),
            raf = new(emotion, new() { EmotionLabels = "rafdb" }, TestModels.OneThread);
        foreach (string[] row in Rows(folder).Where(row => row[2] == "val").Take(5))
        {
            using FaceImage photo = FaceImage.FromFile(Path.Combine(folder, row[0])),
                small = Grey(photo, 2),
                large = Grey(photo, 1);
            Assert.Equal(Answer(raf, photo), Answer(byDefault, photo));
            Assert.Equal(Answer(raf, large), Answer(byDefault, large));
            Assert.Equal(Answer(fer, small), Answer(byDefault, small));
            Assert.NotEqual(Answer(fer, small), Answer(raf, small));
        }

        static IReadOnlyDictionary<string, double> Answer(OnnxFaceAttributes model, FaceImage crop) =>
            model.EstimateCrops([crop], TestContext.Current.CancellationToken)[0].Emotion!.Value!.Probabilities;
    }

    [Fact]
    public void Expressions_of_RAF_DB_come_out_as_the_card_says()
    {
        string folder = ReferenceData.RequireUnpacked("data/emotion-colour.tar");
        string[][] rows = [.. Rows(folder).Where(row => row[2] == "val").Take(Faces)];
        ModelManifest manifest = TestModels.Catalog.Find("emotion").Manifest;
        using OnnxFaceAttributes model = new(TestModels.Catalog.Find("emotion"), new() { EmotionLabels = "rafdb" }, TestModels.OneThread);
        int right = 0;
        foreach (string[] row in rows)
        {
            using FaceImage crop = FaceImage.FromFile(Path.Combine(folder, row[0]));
            if (Assert.Single(model.EstimateCrops([crop], TestContext.Current.CancellationToken)).Emotion!.Value!.Label == row[1])
                right++;
        }
        Assert.InRange((double)right / rows.Length, manifest.Measured!["rafValidation accuracy"] - 0.08, 1);
    }

    [Fact]
    public void Attribute_models_say_that_they_are_not_for_commercial_use()
    {
        foreach (string id in new[] { "age-gender", "emotion" })
        {
            InstalledModel model = TestModels.Catalog.Find(id);
            Assert.False(model.Manifest.CommercialUse);
            Assert.Contains(
                "must not be used for",
                File.ReadAllText(Path.Combine(model.Folder, "CARD.md")),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.Empty(model.FindAlteredFiles());
        }
    }

    /// <summary>Every so many pixels of a picture in one channel.</summary>
    private static FaceImage Grey(FaceImage image, int step)
    {
        PixelView pixels = image.FullResolution;
        int width = pixels.Width / step,
            height = pixels.Height / step;
        byte[] grey = new byte[width * height];
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            grey[y * width + x] = pixels.Row(y * step)[x * step * pixels.BytesPerPixel + (pixels.BytesPerPixel > 1 ? 1 : 0)];
        return FaceImage.FromPixels(new(grey, width, height, width, PixelFormat.Gray8));
    }

    private static IEnumerable<string[]> Rows(string folder) =>
        File.ReadLines(Path.Combine(folder, "labels.csv")).Skip(1).Select(line => line.Split(','));
}
