using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Detectors;
using Semblance.Evaluation.Running;
using Semblance.Geometry;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Evaluation.Tests.Detectors;

public sealed class FaceFreeCuttingsTests
{
    [Fact]
    public void Squares_touch_no_face_and_stay_on_the_picture()
    {
        FaceBox[] taken = [new(200, 150, 80, 100), new(0, 0, 40, 40)];
        Random random = new(7);
        SKRectI[] squares = [.. Enumerable.Range(0, 200).Select(_ => FaceFreeCuttings.Place(random, 640, 480, taken)!.Value)];
        Assert.All(squares, square =>
        {
            Assert.Equal(square.Width, square.Height);
            Assert.InRange(square.Width, 96, 384);
            Assert.True(square is { Left: >= 0, Top: >= 0, Right: <= 640, Bottom: <= 480 });
            foreach (FaceBox box in taken)
                Assert.False(square.IntersectsWith(SKRectI.Create((int)box.X, (int)box.Y, (int)box.Width, (int)box.Height)));
        });
        Assert.True(squares.Distinct().Count() > 190);
    }

    [Fact]
    public void Nothing_is_cut_where_faces_fill_the_picture() =>
        Assert.Null(FaceFreeCuttings.Place(new Random(1), 300, 300, [new(50, 50, 200, 200)]));

    [Fact]
    public void Cuttings_are_the_pictures_own_pixels_and_the_same_with_one_seed()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        PictureSet set = PictureSet.Open(Path.GetDirectoryName(ReferenceData.Sample("astronaut.png"))!);
        // The face of the picture, with a box for what lies around it.
        TruthImage[] truth = [new("astronaut.png", [new(new(170, 40, 120, 170), Ignore: false)])];
        IReadOnlyList<EvaluationPicture> first = FaceFreeCuttings.Cut(set, truth, "", 3, seed: 5, stop),
            again = FaceFreeCuttings.Cut(set, truth, "", 3, seed: 5, stop),
            other = FaceFreeCuttings.Cut(set, truth, "", 3, seed: 6, stop);
        Assert.Equal(first.Select(cutting => cutting.Name), again.Select(cutting => cutting.Name));
        Assert.NotEqual(first.Select(cutting => cutting.Name), other.Select(cutting => cutting.Name));
        Assert.Equal(3, first.Count);
        int[] place = [.. first[0].Name.Split(" at ")[1].Split(',', ' ').Where(part => int.TryParse(part, out _)).Select(int.Parse)];
        using SKBitmap whole = SKBitmap.Decode(ReferenceData.Sample("astronaut.png")),
            cutting = SKBitmap.Decode(first[0].Read().Span);
        Assert.Equal((place[2], place[2]), (cutting.Width, cutting.Height));
        Assert.Equal(whole.GetPixel(place[0] + 11, place[1] + 23), cutting.GetPixel(11, 23));
    }

    [Fact]
    public void Photograph_that_cannot_be_read_gives_no_cuttings_and_the_others_theirs()
    {
        PictureSet set = PictureSet.Of(
            "a set",
            new Dictionary<string, Func<ReadOnlyMemory<byte>>>
            {
                ["broken.jpg"] = () => "no picture"u8.ToArray(),
                ["locked.jpg"] = () => throw new UnauthorizedAccessException("locked"),
                ["astronaut.png"] = () => File.ReadAllBytes(ReferenceData.Sample("astronaut.png")),
            }
        );
        TruthImage[] truth = [new("broken.jpg", []), new("locked.jpg", []), new("astronaut.png", [])];
        IReadOnlyList<EvaluationPicture> cuttings = FaceFreeCuttings.Cut(set, truth, "", 9, seed: 5, TestContext.Current.CancellationToken);
        Assert.Equal(3, cuttings.Count(cutting => cutting.Name.StartsWith("astronaut.png at ", StringComparison.Ordinal)));
        Assert.Equal(3, cuttings.Count);
    }
}
