using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Sqlite;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Gallery.Tests;

public sealed class FaceGalleryPicturesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-pictures-");
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();
    private FaceGallery _gallery = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static PictureItem Astronaut => PictureItem.FromFile(ReferenceData.Sample("astronaut.png"));

    private static PictureItem Dim => PictureItem.FromFile(ReferenceData.Sample("astronaut-dim.jpg"));

    private static PictureItem Cat => PictureItem.FromFile(ReferenceData.Sample("chelsea.png"));

    public async ValueTask InitializeAsync() =>
        // Without a matcher: the analyzer brings its thresholds.
        _gallery = await FaceGallery.CreateAsync(
            new(new SqliteStoreProvider()),
            $"sqlite:{Path.Combine(_folder.FullName, "people.db")}",
            new() { Contract = GalleryContract.Of(_analyzer.Embedder), KeepCrops = true },
            cancellationToken: Stop
        );

    public async ValueTask DisposeAsync()
    {
        await _gallery.DisposeAsync();
        _analyzer.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Person_is_enrolled_identified_and_verified_from_pictures()
    {
        byte[] bytes = await File.ReadAllBytesAsync(ReferenceData.Sample("astronaut.png"), Stop);
        PictureEnrolment done = await _gallery.EnrolAsync(
            _analyzer,
            new("Eileen"),
            [PictureItem.FromBytes("upload 1", bytes), Cat],
            cancellationToken: Stop
        );
        ImageAnalysis seen = await _gallery.IdentifyAsync(_analyzer, Dim, cancellationToken: Stop);
        var verified = await _gallery.VerifyAsync(_analyzer, Dim, done.Enrolment!.Person.Id, cancellationToken: Stop);

        FaceReference reference = Assert.Single(done.Enrolment.Added);
        Assert.Equal(("upload 1", PhotoReader.HashOf(bytes), true), (reference.Source, reference.SourceHash, reference.HasCrop));
        Assert.Equal(RejectionReason.NoFace, Assert.Single(Assert.Single(done.Refused).Rejections).Reason);
        Assert.Equal("Eileen", Assert.Single(seen.Faces!).Person!.Name);
        Assert.Null(seen.Faces![0].Embedding);
        Assert.True(verified.Decision.Match);
        Assert.Equal(reference.Id, verified.ReferenceId);
    }

    [Fact]
    public async Task Pictures_come_back_in_order_and_a_broken_one_is_a_result_with_an_error()
    {
        await _gallery.EnrolAsync(_analyzer, new("Eileen"), [Astronaut], cancellationToken: Stop);
        List<ImageAnalysis> seen = [];
        await foreach (
            ImageAnalysis analysis in _gallery.IdentifyManyAsync(
                _analyzer,
                [Dim, PictureItem.FromBytes("broken", new byte[] { 1 }), Cat, Astronaut],
                cancellationToken: Stop
            )
        )
            seen.Add(analysis);

        Assert.Equal([Dim.Name, "broken", Cat.Name, Astronaut.Name], seen.Select(analysis => analysis.Input));
        Assert.Equal([false, true, false, false], seen.Select(analysis => analysis.Error is not null));
        Assert.Equal("Eileen", seen[3].Faces![0].Person!.Name);
    }

    [Fact]
    public async Task Nobody_is_enrolled_where_no_picture_can_be_used()
    {
        PictureEnrolment done = await _gallery.EnrolAsync(_analyzer, new("Cat"), [Cat], cancellationToken: Stop);

        Assert.Null(done.Enrolment);
        Assert.Empty(await _gallery.FindByNameAsync("Cat", Stop));
    }

    [Fact]
    public async Task Added_pictures_are_references_of_the_person()
    {
        Person eileen = (await _gallery.EnrolAsync(_analyzer, new("Eileen"), [Astronaut], cancellationToken: Stop)).Enrolment!.Person;
        PictureEnrolmentOptions any = new() { Reading = new() { Gate = QualityGate.Open } };
        PictureEnrolment more = await _gallery.AddPicturesAsync(_analyzer, eileen.Id, [Dim, Astronaut], any, cancellationToken: Stop);

        Assert.Equal((1, 1), (more.Enrolment!.Added.Count, more.Enrolment.AlreadyEnrolled.Count));
        await Assert.ThrowsAsync<PersonNotFoundException>(() =>
            _gallery.AddPicturesAsync(_analyzer, Guid.NewGuid(), [Dim], cancellationToken: Stop)
        );
    }

    [Fact]
    public async Task Analyzer_of_another_embedder_is_refused_before_any_picture_is_read()
    {
        using FaceAnalyzer other = FaceAnalyzer.CreateBuilder().UseEmbedding(new() { Flip = true }).Build();
        PictureItem never = PictureItem.FromStream("never", _ => throw new InvalidOperationException("it was read"));

        await Assert.ThrowsAsync<GalleryContractException>(() => _gallery.EnrolAsync(other, new("x"), [never], cancellationToken: Stop));
        await Assert.ThrowsAsync<GalleryContractException>(() => _gallery.IdentifyAsync(other, never, cancellationToken: Stop));
    }
}
