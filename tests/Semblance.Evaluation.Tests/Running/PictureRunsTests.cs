using Semblance.Detection;
using Semblance.Evaluation.Running;
using Semblance.Models;
using Semblance.TestSupport;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Running;

public sealed class PictureRunsTests : IDisposable
{
    private static readonly string Astronaut = Path.Combine(ReferenceData.Repository, "samples", "photos", "astronaut.png");
    private static readonly FaceAnalyzer Analyzer = FaceAnalyzer.CreateDefault();

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Broken_picture_has_one_outcome_in_every_evaluation_and_the_others_go_on()
    {
        PictureSet set = Set();
        PictureRuns runs = new(Analyzer, new() { CacheFolder = _folder["cache"] });
        IReadOnlyList<EvaluationPicture> pictures = set.Pictures(["astronaut.png", "broken.jpg", "empty.png"]);
        var faces = await runs.EmbedAsync(pictures, Stop);
        var found = await runs.DetectAsync(pictures, new DetectionOptions { MinScore = 0.5f }, Stop);
        var attributes = await runs.EstimateAsync(pictures, [ModelKind.Age], PictureFraming.Photographs, cancellationToken: Stop);
        Assert.NotNull(faces["astronaut.png"].Embedding);
        Assert.Equal(1, faces["astronaut.png"].FacesFound);
        Assert.Single(found["astronaut.png"].Faces);
        Assert.True(attributes["astronaut.png"].Age.IsKnown);
        Assert.Contains("broken.jpg: this is a text file", faces["broken.jpg"].Unreadable);
        Assert.Equal(faces["broken.jpg"].Unreadable, found["broken.jpg"].Unreadable);
        Assert.Equal(faces["broken.jpg"].Unreadable, attributes["broken.jpg"].NoFace);
        Assert.Equal(["broken.jpg"], runs.Unreadable.Keys);
        // Nothing found is another outcome than nothing readable.
        Assert.Equal((0, null), (faces["empty.png"].FacesFound, faces["empty.png"].Unreadable));
        Assert.Equal("no face found", attributes["empty.png"].NoFace);
    }

    [Fact]
    public async Task What_is_known_is_not_done_again()
    {
        IReadOnlyList<EvaluationPicture> pictures = Set().Pictures(["astronaut.png", "broken.jpg"]);
        RunOptions options = new() { CacheFolder = _folder["cache"] };
        FaceRecord first = (await new PictureRuns(Analyzer, options).EmbedAsync(pictures, Stop))["astronaut.png"];
        string file = Directory.GetFiles(_folder["cache"]).Single();
        string kept = File.ReadAllText(file);
        Assert.Contains("\"facesFound\":1", kept);
        Assert.DoesNotContain("broken", kept);
        File.WriteAllText(file, kept.Replace("\"facesFound\":1", "\"facesFound\":9"));
        FaceRecord second = (await new PictureRuns(Analyzer, options).EmbedAsync(pictures, Stop))["astronaut.png"];
        Assert.Equal(9, second.FacesFound);
        Assert.Equal(first.Embedding!.Vector.ToArray(), second.Embedding!.Vector.ToArray());
        Assert.Equal((first.Norm, first.Contract), (second.Norm, second.Contract));
    }

    [Fact]
    public void Missing_pictures_are_named_before_anything_is_done() =>
        Assert.Contains(
            "nobody.png not found",
            Assert.Throws<EvaluationException>(() => Set().Pictures(["astronaut.png", "nobody.png"])).Message
        );

    private PictureSet Set()
    {
        _folder.Write("set/astronaut.png", File.ReadAllBytes(Astronaut));
        _folder.Write("set/broken.jpg", "no picture");
        _folder.Write("set/empty.png", TemporaryFolder.Picture(1, 1));
        return PictureSet.Open(_folder["set"]);
    }
}
