using System.Text.Json.Nodes;
using Semblance.Gallery.Clustering;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Gallery.Tests.Clustering;

public sealed class ClusterFolderTests : IDisposable
{
    private static readonly PictureItem[] Pictures =
    [
        .. new[] { "astronaut.png", "astronaut-dim.jpg" }.Select(name => PictureItem.FromFile(ReferenceData.Sample(name))),
    ];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("semblance-clusters-");
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Groups => Path.Combine(_root.FullName, "groups");

    public void Dispose()
    {
        _analyzer.Dispose();
        _root.Delete(recursive: true);
    }

    private string[] OfMine(params string[] names) => [.. names.Select(name => Path.Combine(Groups, name))];

    [Fact]
    public async Task Folder_with_files_of_somebody_else_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.Combine(Groups, "faces"));
        string[] own = OfMine("faces/mine.png", "cluster-0001.png", "overview.png", "notes.txt");
        foreach (string file in own)
            await File.WriteAllTextAsync(file, "mine", Stop);
        foreach (EarlierResults rule in Enum.GetValues<EarlierResults>())
            await Assert.ThrowsAsync<GalleryConflictException>(() => RunAsync(rule));

        Assert.Equal(own.Order(), Directory.GetFiles(Groups, "*", SearchOption.AllDirectories).Order());
        Assert.All(own, file => Assert.Equal("mine", File.ReadAllText(file)));
    }

    [Fact]
    public async Task Earlier_results_are_replaced_only_when_asked_for_and_nothing_else_in_the_folder_is()
    {
        ClustersDocument first = (await RunAsync(EarlierResults.Keep))!;
        string[] own = OfMine("faces/mine.png", "cluster-0044.png", "overview-7.png");
        foreach (string file in own)
            await File.WriteAllTextAsync(file, "mine", Stop);
        string json = await File.ReadAllTextAsync(Path.Combine(Groups, "clusters.json"), Stop);
        await Assert.ThrowsAsync<GalleryConflictException>(() => RunAsync(EarlierResults.Keep));
        Assert.Equal(json, await File.ReadAllTextAsync(Path.Combine(Groups, "clusters.json"), Stop));
        ClustersDocument second = (await RunAsync(EarlierResults.Replace, Pictures[..1]))!;

        Assert.Equal((2, 1), (first.Faces, second.Faces));
        Assert.All(own, file => Assert.Equal("mine", File.ReadAllText(file)));
        Assert.False(File.Exists(Path.Combine(Groups, ClusterFolder.CropOf(1))));
        Assert.Equal(
            second.Files!.Concat(["faces/mine.png", "cluster-0044.png", "overview-7.png"]).Order(),
            Directory
                .GetFiles(Groups, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Groups, file).Replace('\\', '/'))
                .Order()
        );
    }

    [Fact]
    public async Task File_in_the_way_that_no_clustering_made_stops_the_replacement_before_anything_is_touched()
    {
        await RunAsync(EarlierResults.Keep, Pictures[..1]);
        string inTheWay = Path.Combine(Groups, ClusterFolder.CropOf(1));
        await File.WriteAllTextAsync(inTheWay, "mine", Stop);
        string before = Listing();
        GalleryConflictException error = await Assert.ThrowsAsync<GalleryConflictException>(() => RunAsync(EarlierResults.Replace));

        Assert.Contains(inTheWay, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Listing());

        string Listing() =>
            string.Join(
                '\n',
                Directory
                    .GetFileSystemEntries(Groups, "*", SearchOption.AllDirectories)
                    .Order()
                    .Select(file => $"{file} {(File.Exists(file) ? new FileInfo(file).Length : 0)}")
            );
    }

    [Fact]
    public async Task Results_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there are no such permissions");
            return;
        }
        await RunAsync(EarlierResults.Keep);

        foreach (string file in Directory.GetFiles(Groups, "*", SearchOption.AllDirectories))
            Assert.Equal((file, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file, File.GetUnixFileMode(file)));
        foreach (string folder in (string[])[Groups, Path.Combine(Groups, "faces")])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task Faces_that_cannot_be_told_from_strangers_are_counted_and_have_a_sheet_of_their_own()
    {
        PictureItem masked = PictureItem.FromFile(Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "mask_white_1.jpg"));
        ClustersDocument document = (
            await new PictureClustering(_analyzer).RunAsync([.. Pictures, masked], new(Groups), cancellationToken: Stop)
        )!;

        ClusteredFace alone = Assert.Single(document.Ungrouped);
        Assert.Equal((masked.Name, 2), (alone.Input, alone.Face));
        Assert.Equal([2], document.CannotTell!);
        Assert.Contains("overview-cannot-tell.png", document.Files!);
        Assert.DoesNotContain("overview-ungrouped.png", document.Files!);
        Assert.True(File.Exists(Path.Combine(Groups, "overview-cannot-tell.png")));
        Assert.Equal(document.ToJson(), new ClusterFolder(Groups).Read().ToJson());
    }

    [Fact]
    public async Task Clustering_without_a_picture_that_can_be_read_leaves_nothing()
    {
        List<AnalysisError> failed = [];
        ClustersDocument? document = await new PictureClustering(_analyzer).RunAsync(
            [PictureItem.FromBytes("broken.png", new byte[] { 1, 2, 3 })],
            new(Groups),
            failed: new Collected(failed),
            cancellationToken: Stop
        );

        Assert.Null(document);
        Assert.Single(failed);
        Assert.Empty(Directory.GetFileSystemEntries(Groups));
    }

    [Theory]
    [InlineData("$.ungrouped[0].crop", "../../../../etc/passwd")]
    [InlineData("$.ungrouped[0].crop", "faces/00007.png")]
    [InlineData("$.ungrouped[0].crop", null)]
    [InlineData("$.ungrouped[0].face", -1)]
    [InlineData("$.ungrouped[0].face", 1000)]
    [InlineData("$.ungrouped[0].input", null)]
    [InlineData("$.ungrouped[0].quality", 7)]
    [InlineData("$.ungrouped", null)]
    [InlineData("$.cannotTell[0]", -1)]
    [InlineData("$.cannotTell[0]", 1000)]
    [InlineData("$.clusters", null)]
    [InlineData("$.dimension", -512)]
    [InlineData("$.faces", -1)]
    [InlineData("$.contract", null)]
    [InlineData("$.files[0]", "../outside.png")]
    [InlineData("$.files[0]", "/etc/passwd")]
    public async Task Document_that_was_not_written_here_is_refused(string place, object? value)
    {
        await RunAsync(EarlierResults.Keep, Pictures[..1]);
        string file = Path.Combine(Groups, "clusters.json");
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(file, Stop))!;
        Set(document, place, value);
        await File.WriteAllTextAsync(file, document.ToJsonString(), Stop);
        GalleryException error = Assert.Throws<GalleryException>(() => new ClusterFolder(Groups).Read());

        Assert.Contains("clusters.json is not a document of a clustering", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_in_the_place_of_a_crop_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        ClustersDocument document = (await RunAsync(EarlierResults.Keep, Pictures[..1]))!;
        ClusterFolder folder = new(Groups);
        ClusteredFace face = Assert.Single(document.Ungrouped);
        Assert.NotEmpty(folder.ReadCrop(face));
        File.Delete(folder.PathOf(face.Crop));
        File.CreateSymbolicLink(folder.PathOf(face.Crop), ReferenceData.Sample("astronaut.png"));

        Assert.Throws<GalleryException>(() => folder.ReadCrop(face));
    }

    private Task<ClustersDocument?> RunAsync(EarlierResults rule, PictureItem[]? pictures = null) =>
        new PictureClustering(_analyzer).RunAsync(
            pictures ?? Pictures,
            new(Groups),
            rule,
            new() { Threshold = 0.999 },
            cancellationToken: Stop
        );

    private static void Set(JsonNode document, string place, object? value)
    {
        string[] parts = place[2..].Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        JsonNode node = document;
        foreach (string part in parts[..^1])
            node = node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!;
        JsonNode? changed = value is null ? null : JsonValue.Create(value);
        if (node is JsonArray { Count: 0 } empty)
            empty.Add(changed);
        else if (node is JsonArray array)
            array[0] = changed;
        else
            node[parts[^1]] = changed;
    }

    private sealed class Collected(List<AnalysisError> errors) : IProgress<AnalysisError>
    {
        public void Report(AnalysisError value) => errors.Add(value);
    }
}
