using System.Numerics;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Detection.Turns;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Json;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Detection.Turns;

/// <summary>Real photographs, turned and mirrored here, through the whole line.</summary>
public sealed class FaceFinderTests
{
    private const FaceFeatures Features = FaceFeatures.Embedding | FaceFeatures.Quality;

    /// <summary>Faces of which MTCNN finds some on their head with upright landmarks, some with none, some not at all.</summary>
    private static readonly string[] Portraits =
    [
        "child_dark_wall.jpg",
        "girl_laughing.jpg",
        "man_shouting.jpg",
        "small_frame_man.jpg",
        "woman_flowers.jpg",
        "woman_knit_hat.jpg",
        "woman_surprised.jpg",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mtcnn")]
    [InlineData("retinaface-wider")]
    [InlineData("blazeface-short")]
    public void A_turned_picture_gives_the_same_face_in_its_own_coordinates(string detector)
    {
        using FaceAnalyzer analyzer = Analyzer(detector);
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        AnalyzedFace original = Assert.Single(analyzer.Analyze(image, Features, Stop).Faces!);
        Assert.Null(original.Turned);
        foreach (int degrees in QuarterTurn.All)
        {
            using FaceImage copy = TurnedCopies.Turn(image, degrees);
            AnalyzedFace face = Assert.Single(analyzer.Analyze(copy, Features, Stop).Faces!);
            DetectedFace upright = new QuarterTurn(degrees, copy.Width, copy.Height).ToUpright(face.Detection);

            Assert.Equal(degrees, face.Turned);
            Assert.True(upright.Box.IntersectionOverUnion(original.Box) > 0.9, $"{degrees}: {upright.Box} is not {original.Box}");
            Assert.True(Vector2.Distance(upright.Landmarks.RightEye, original.Landmarks.RightEye) < 4);
            Assert.True(CosineOf(original, face) > 0.95, $"{degrees}: {CosineOf(original, face)}");
            Assert.Contains($"\"turned\":{degrees}", SemblanceJson.Serialize(analyzer.Analyze(copy, FaceFeatures.None, Stop)));
        }
    }

    [Fact]
    public void Portraits_match_their_turned_and_mirrored_copies_and_none_is_taken_upside_down()
    {
        string photos = ReferenceData.RequireUnpacked("data/photos.tar");
        foreach (string name in Portraits)
        {
            using FaceImage image = FaceImage.FromFile(Path.Combine(photos, name));
            AnalyzedFace original = LargestOf(image);
            foreach (int degrees in QuarterTurn.All)
            {
                using FaceImage copy = TurnedCopies.Turn(image, degrees);
                AnalyzedFace face = LargestOf(copy);
                Assert.True(face.Turned == degrees, $"{name} turned by {degrees}: said {face.Turned ?? 0}, score {face.Score}");
                Assert.True(CosineOf(original, face) >= 0.5, $"{name} turned by {degrees}: {CosineOf(original, face)}");
            }
            using FaceImage mirrored = TurnedCopies.Mirror(image);
            Assert.True(CosineOf(original, LargestOf(mirrored)) >= 0.5, $"{name} mirrored");
        }

        static AnalyzedFace LargestOf(FaceImage image) =>
            TestModels.Analyzer.Analyze(image, Features, Stop).Faces!.MaxBy(face => face.Box.Area)!;
    }

    [Fact]
    public void A_photograph_that_was_saved_lying_is_put_upright()
    {
        string photo = Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "rotated_270.jpg");
        using FaceImage image = FaceImage.FromFile(photo);
        Assert.Equal(270, Assert.Single(TestModels.Analyzer.Analyze(image, Features, Stop).Faces!).Turned);
    }

    [Fact]
    public void One_face_on_its_head_leaves_the_others_of_an_upright_picture_as_they_are()
    {
        using FaceImage portrait = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        using FaceImage both = TurnedCopies.Copy(portrait, 1024, 512, (x, y) => x < 512 ? (x, y) : (1023 - x, 511 - y));
        ImageAnalysis analysis = TestModels.Analyzer.Analyze(both, Features, Stop);
        AnalyzedFace alone = Assert.Single(TestModels.Analyzer.Analyze(portrait, Features, Stop).Faces!);
        AnalyzedFace left = Assert.Single(analysis.Faces!, face => face.Box.Center.X < 512);
        Assert.Null(left.Turned);
        Assert.True(CosineOf(alone, left) > 0.95, $"{CosineOf(alone, left)}");
        AnalyzedFace right = Assert.Single(analysis.Faces!, face => face.Box.Center.X >= 512);
        Assert.Equal(180, right.Turned);
        Assert.True(CosineOf(alone, right) > 0.95, $"{CosineOf(alone, right)}");
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public void A_face_that_leans_in_an_upright_photograph_is_not_spoilt(int degrees)
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        double cosine = Math.Cos(degrees * Math.PI / 180),
            sine = Math.Sin(degrees * Math.PI / 180);
        Vector2 middle = new(224, 118);
        using FaceImage leaning = TurnedCopies.Copy(image, image.Width, image.Height, (x, y) =>
            (
                Math.Clamp((int)Math.Round(middle.X + cosine * (x - 256) + sine * (y - 256)), 0, 511),
                Math.Clamp((int)Math.Round(middle.Y - sine * (x - 256) + cosine * (y - 256)), 0, 511)
            )
        );
        AnalyzedFace original = Assert.Single(TestModels.Analyzer.Analyze(image, Features, Stop).Faces!);
        AnalyzedFace face = TestModels.Analyzer.Analyze(leaning, Features, Stop).Faces!.MaxBy(face => face.Box.Area)!;
        Assert.True(CosineOf(original, face) > 0.8, $"{CosineOf(original, face)}");
    }

    [Fact]
    public void A_picture_without_faces_has_none_whichever_way_it_is_turned()
    {
        string photos = ReferenceData.RequireUnpacked("data/photos.tar");
        foreach (string name in new[] { "no_face_lake.jpg", "no_face_landscape.jpg" })
        {
            using FaceImage image = FaceImage.FromFile(Path.Combine(photos, name));
            foreach (int degrees in new[] { 0, 90, 180, 270 })
            {
                using FaceImage copy = TurnedCopies.Turn(image, degrees);
                Assert.Empty(TestModels.Analyzer.Analyze(copy, FaceFeatures.None, Stop).Faces!);
            }
        }
    }

    [Fact]
    public void Points_and_roll_of_a_turned_face_are_those_of_the_picture_as_it_came()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        using FaceImage copy = TurnedCopies.Turn(image, 180);
        const FaceFeatures Asked = FaceFeatures.Pose | FaceFeatures.Landmarks | FaceFeatures.Age;
        FaceAttributes upright = Assert.Single(TestModels.Analyzer.Analyze(image, Asked, Stop).Faces!).Attributes;
        FaceAttributes turned = Assert.Single(TestModels.Analyzer.Analyze(copy, Asked, Stop).Faces!).Attributes;

        Assert.Equal(upright.Age!.Value!.Years, turned.Age!.Value!.Years, 3.0);
        Assert.Equal(upright.Pose!.Value!.Yaw, turned.Pose!.Value!.Yaw, 4.0);
        Assert.Equal(180, Math.Abs(turned.Pose.Value.Roll - upright.Pose.Value.Roll), 4.0);
        Vector2 chin = upright.Landmarks68!.Value!.Points[8],
            there = turned.Landmarks68!.Value!.Points[8];
        Assert.True(Vector2.Distance(new Vector2(511, 511) - chin, there) < 8, $"{chin} and {there}");
    }

    [Fact]
    public void Pictures_are_taken_to_stand_upright_where_that_is_asked_for()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseExecution(TestModels.OneThread)
            .UseDetection(new() { Turns = TurnSearch.None })
            .Build();
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        using FaceImage copy = TurnedCopies.Turn(image, 180);
        Assert.DoesNotContain(analyzer.Analyze(copy, FaceFeatures.None, Stop).Faces!, face => face.Turned is not null);
        Assert.Contains(
            "Detection.Turns",
            Assert
                .Throws<InvalidOptionsException>(() => FaceAnalyzer.CreateBuilder().UseDetection(new() { Turns = (TurnSearch)7 }).Build())
                .Message
        );
    }

    private static FaceAnalyzer Analyzer(string detector) =>
        FaceAnalyzer.CreateBuilder().UseCatalog(TestModels.Catalog).UseDetector(detector).UseExecution(TestModels.OneThread).Build();

    private static float CosineOf(AnalyzedFace a, AnalyzedFace b) => VectorProduct.Dot(a.Embedding!.Vector.Span, b.Embedding!.Vector.Span);
}
