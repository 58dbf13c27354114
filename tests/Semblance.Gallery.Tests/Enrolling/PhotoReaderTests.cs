using Semblance.Gallery.Enrolling;
using Semblance.TestSupport;

namespace Semblance.Gallery.Tests.Enrolling;

public sealed class PhotoReaderTests : IDisposable
{
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();

    public void Dispose() => _analyzer.Dispose();

    [Fact]
    public void Reader_takes_a_good_photograph_with_hash_source_and_crop()
    {
        string file = ReferenceData.Sample("astronaut.png");
        EnrolmentPhoto photo = Reader(new() { KeepCrops = true }).Read(file, TestContext.Current.CancellationToken);

        Assert.Empty(photo.Rejections);
        Assert.Equal((file, PhotoReader.HashOf(File.ReadAllBytes(file))), (photo.Draft!.Source, photo.Draft.SourceHash));
        Assert.Equal(512, photo.Draft.Embedding.Dimension);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], photo.Draft.Crop.Span[..4].ToArray());
        Assert.True(Reader(new()).Read(file, TestContext.Current.CancellationToken).Draft!.Crop.IsEmpty);
    }

    [Fact]
    public void Reader_says_why_a_photograph_is_refused()
    {
        Assert.Equal(RejectionReason.NoFace, Reason(File.ReadAllBytes(ReferenceData.Sample("chelsea.png"))));
        Assert.Equal(RejectionReason.Unreadable, Reason([1, 2, 3]));
        Assert.Equal(RejectionReason.TooSmall, Reason(Photos.Draw(0, 0.35f)));
        Assert.Equal(RejectionReason.Blurred, Reason(Photos.Draw(7, 1)));
        Assert.Equal(RejectionReason.SeveralFaces, Reason(Photos.Draw(0, 1, 0.9f)));
        Assert.Equal(
            RejectionReason.ExtremePose,
            Assert
                .Single(
                    Reader(new() { Gate = QualityGate.Default with { MaximumTurn = 0.001 } })
                        .Read("a.png", Photos.Draw(0, 1), TestContext.Current.CancellationToken)
                        .Rejections
                )
                .Reason
        );
        Assert.Equal(
            RejectionReason.Unreadable,
            Assert.Single(Reader(new()).Read("missing.jpg", TestContext.Current.CancellationToken).Rejections).Reason
        );

        RejectionReason Reason(byte[] picture) =>
            Assert.Single(Reader(new()).Read("a.png", picture, TestContext.Current.CancellationToken).Rejections).Reason;
    }

    [Fact]
    public void Reader_refuses_a_face_of_which_too_little_is_recognised()
    {
        byte[] covered = File.ReadAllBytes(Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "mask_white_1.jpg"));
        Rejection rejection = Assert.Single(Reader(new()).Read("a.jpg", covered, TestContext.Current.CancellationToken).Rejections);
        Assert.Equal(RejectionReason.PoorQuality, rejection.Reason);
        Assert.StartsWith("too little of a face to recognise: norm 2.", rejection.Message);
        Assert.NotNull(
            Reader(new() { Gate = QualityGate.Default with { MinimumNormFactor = 0 } })
                .Read("a.jpg", covered, TestContext.Current.CancellationToken)
                .Draft
        );
    }

    [Fact]
    public void Reader_passes_over_bystanders_and_takes_the_face_that_was_asked_for()
    {
        Assert.NotNull(Reader(new()).Read("a.png", Photos.Draw(0, 1, 0.4f), TestContext.Current.CancellationToken).Draft);
        Assert.Null(
            Reader(new() { BystanderSize = 0 }).Read("a.png", Photos.Draw(0, 1, 0.4f), TestContext.Current.CancellationToken).Draft
        );
        Assert.NotNull(
            Reader(new() { Face = FaceChoice.Largest }).Read("a.png", Photos.Draw(0, 0.8f, 1), TestContext.Current.CancellationToken).Draft
        );
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_turned_photograph_gives_the_reference_that_the_upright_one_gives(int degrees)
    {
        EnrolmentPhoto upright = Reader(new()).Read("a.png", Photos.Turned(0), TestContext.Current.CancellationToken);
        EnrolmentPhoto turned = Reader(new()).Read("b.png", Photos.Turned(degrees), TestContext.Current.CancellationToken);

        float cosine = System.Numerics.Tensors.TensorPrimitives.Dot(
            upright.Draft!.Embedding.Vector.Span,
            turned.Draft!.Embedding.Vector.Span
        );
        Assert.True(cosine > 0.95, $"{cosine}");
    }

    [Fact]
    public void Gate_has_its_documented_defaults_and_can_be_opened()
    {
        Assert.Equal(
            (48.0, 0.045, 0.35, 0.1, 1 / 3.0),
            (
                QualityGate.Default.MinimumSize,
                QualityGate.Default.MinimumSharpness,
                QualityGate.Default.MaximumTurn,
                QualityGate.Default.MinimumScore,
                QualityGate.Default.MinimumNormFactor
            )
        );
        Assert.NotNull(
            Reader(new() { Gate = QualityGate.Open }).Read("a.png", Photos.Draw(7, 1), TestContext.Current.CancellationToken).Draft
        );
    }

    private PhotoReader Reader(PhotoReaderOptions options) => new(_analyzer, options);
}
