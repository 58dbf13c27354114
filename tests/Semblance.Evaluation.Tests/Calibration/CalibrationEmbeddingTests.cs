using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Running;
using Semblance.TestSupport;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Calibration;

public sealed class CalibrationEmbeddingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pictures_get_their_copies_in_turn_and_broken_ones_are_named_while_the_others_go_on()
    {
        _folder.Write("set/a.png", File.ReadAllBytes(ReferenceData.Sample("astronaut.png")));
        _folder.Write("set/b.jpg", File.ReadAllBytes(ReferenceData.Sample("astronaut-dim.jpg")));
        _folder.Write("set/broken.jpg", "no picture");
        _folder.Write("set/empty.png", TemporaryFolder.Picture(1, 1));
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        PictureRuns runs = new(analyzer, RunOptions.Default);
        CalibrationPicture[] pictures =
        [
            new("a.png", "Eileen", "female", 0),
            new("broken.jpg", "Nobody", "", 0),
            new("empty.png", "Nobody", "", 0),
            new("b.jpg", "Eileen", "female", 0, Copies: 2),
        ];
        IReadOnlyList<CalibrationFace> faces = await CalibrationEmbedding.EmbedAsync(
            runs,
            PictureSet.Open(_folder["set"]),
            pictures,
            [PictureDegradation.Parse("grey"), PictureDegradation.Parse("gamma:2")],
            1,
            TestContext.Current.CancellationToken
        );
        // Each picture takes its turn of the ways, also those that give nothing.
        Assert.Equal(
            [("a.png", ""), ("a.png", "grey"), ("b.jpg", ""), ("b.jpg", "gamma:2"), ("b.jpg", "grey")],
            faces.Select(face => (face.Image, face.Condition))
        );
        Assert.All(faces, face => Assert.Equal(("Eileen", "female", 512), (face.Person, face.Kind, face.Embedding.Dimension)));
        Assert.NotEqual(faces[0].Embedding.Vector.ToArray(), faces[1].Embedding.Vector.ToArray());
        Assert.Equal(["broken.jpg"], runs.Unreadable.Keys);
    }
}
