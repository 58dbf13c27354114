using Semblance.Caching;
using Semblance.Gallery.Albums;
using Semblance.Gallery.Storage;
using Semblance.Matching;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Gallery.Tests.Albums;

public sealed class AlbumSorterTests : IDisposable
{
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();

    private static readonly string[] Pictures =
    [
        ReferenceData.Sample("astronaut.png"),
        ReferenceData.Sample("chelsea.png"),
        ReferenceData.Sample("astronaut-dim.jpg"),
        "missing.jpg",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CachedAnalysis Analysis => new(_analyzer, AlbumSorter.Features, cache: null);

    public void Dispose() => _analyzer.Dispose();

    [Fact]
    public async Task Pictures_of_one_stranger_are_a_group_and_others_stand_apart()
    {
        AlbumPlan plan = await new AlbumSorter(Analysis).PlanAsync(Pictures, cancellationToken: Stop);
        Assert.Equal(
            [("Person 001", AlbumFolderKind.Group), ("No face", AlbumFolderKind.NoFace)],
            plan.Folders.Select(folder => (folder.Name, folder.Kind))
        );
        Assert.Equal([Pictures[0], Pictures[2]], plan.Folders[0].Pictures);
        Assert.Equal("missing.jpg", Assert.Single(plan.Failed).Input);
        Assert.Equal(3, plan.Pictures);
    }

    [Fact]
    public async Task Known_people_have_folders_of_their_names()
    {
        await using FaceGallery gallery = await GalleryOf("con");
        AlbumPlan plan = await new AlbumSorter(Analysis, gallery).PlanAsync(Pictures, cancellationToken: Stop);
        Assert.Equal(["_con", "No face"], plan.Folders.Select(folder => folder.Name));
        Assert.NotNull(plan.Folders[0].PersonId);
    }

    [Fact]
    public async Task Groups_have_no_folders_where_known_people_alone_are_asked_for()
    {
        AlbumPlan plan = await new AlbumSorter(Analysis).PlanAsync(
            Pictures,
            new() { People = AlbumPeople.KnownAlone },
            cancellationToken: Stop
        );
        Assert.Equal(["Others", "No face"], plan.Folders.Select(folder => folder.Name));
    }

    [Fact]
    public async Task Face_below_the_quality_decides_nothing()
    {
        double quality = (await _analyzer.AnalyzeAsync(Pictures[2], cancellationToken: Stop)).Faces![0].Quality!.Score;
        AlbumPlan plan = await new AlbumSorter(Analysis).PlanAsync(
            [Pictures[0], Small(Pictures[2]), Pictures[2]],
            new() { MinimumQuality = quality },
            cancellationToken: Stop
        );
        Assert.Equal([Pictures[0], Pictures[2]], plan.Folders[0].Pictures);
        Assert.Equal(AlbumFolderKind.Others, plan.Folders[1].Kind);
    }

    [Fact]
    public async Task Picture_of_somebody_is_found_and_the_others_only_when_asked_for()
    {
        ImageAnalysis probe = await _analyzer.AnalyzeAsync(Pictures[0], FaceFeatures.Embedding, Stop);
        AlbumFinder finder = new(Analysis, (face, _) =>
            ValueTask.FromResult(_analyzer.Matcher.Compare(face, probe.Faces![0].Embedding!, MatchOptions.Default))
        );
        FindReport report = await finder.FindAsync(Pictures, cancellationToken: Stop);
        Assert.Equal([Pictures[0], Pictures[2]], report.Found.Select(found => found.Picture));
        Assert.Equal((3, 2, 1), (report.Pictures, report.Faces, report.Failed.Count));
        Assert.Equal(2e-4, report.ExpectedMistakes!.Value, 1e-9);
        Assert.Single((await finder.FindAsync(Pictures, new() { Top = 1 }, cancellationToken: Stop)).Found);
    }

    /// <summary>A copy with a face of about 30 pixels, which is no good for recognition.</summary>
    private static string Small(string picture)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("semblance-small-").FullName, "small.png");
        using SKBitmap whole = SKBitmap.Decode(picture);
        using SKBitmap small = whole.Resize(
            new SKSizeI(whole.Width / 4, whole.Height / 4),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        using FileStream file = File.Create(path);
        small.Encode(file, SKEncodedImageFormat.Png, 100);
        return path;
    }

    private async Task<FaceGallery> GalleryOf(string name)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("semblance-gallery-").FullName, "people.db");
        FaceGallery gallery = await FaceGallery.CreateAsync(
            new GalleryStores(new Semblance.Gallery.Sqlite.SqliteStoreProvider()),
            "sqlite:" + file,
            new() { Contract = GalleryContract.Of(_analyzer.Embedder) },
            options: new() { Matcher = _analyzer.Matcher },
            cancellationToken: Stop
        );
        ImageAnalysis photo = await _analyzer.AnalyzeAsync(Pictures[0], FaceFeatures.Embedding, Stop);
        await gallery.EnrolAsync(new PersonDraft(name), [new ReferenceDraft(photo.Faces![0].Embedding!)], cancellationToken: Stop);
        return gallery;
    }
}
