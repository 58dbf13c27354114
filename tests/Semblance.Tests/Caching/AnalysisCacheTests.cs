using Semblance.Caching;
using Semblance.TestSupport;

namespace Semblance.Tests.Caching;

public sealed class AnalysisCacheTests : IDisposable
{
    private static readonly ResultMaker Maker = ResultMaker.Of("maker");

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-cache-").FullName;

    private string Picture => Path.Combine(_folder, "a.png");

    private AnalysisCache Cache => new(Path.Combine(_folder, "cache"));

    public AnalysisCacheTests() => File.Copy(ReferenceData.Sample("astronaut.png"), Picture);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_kept_is_found_again_as_it_was()
    {
        ImageAnalysis kept = await KeepAsync();
        ImageAnalysis found = Cache.Find(Picture, Maker)!;
        Assert.Equal(Picture, found.Input);
        Assert.Equal((kept.Width, kept.Height), (found.Width, found.Height));
        AnalyzedFace before = Assert.Single(kept.Faces!),
            after = Assert.Single(found.Faces!);
        Assert.Equal(before.Box.X, after.Box.X, 0.01f);
        Assert.Equal(before.Landmarks.NoseTip.Y, after.Landmarks.NoseTip.Y, 0.01f);
        Assert.Equal(before.Quality!.Score, after.Quality!.Score);
        Assert.Equal(before.Embedding!.Vector.ToArray(), after.Embedding!.Vector.ToArray());
        Assert.Equal(
            (before.Embedding.Norm, before.Embedding.Contract, before.Embedding.Model),
            (after.Embedding.Norm, after.Embedding.Contract, after.Embedding.Model)
        );
    }

    [Fact]
    public async Task Another_maker_finds_nothing()
    {
        await KeepAsync();
        Assert.Null(Cache.Find(Picture, ResultMaker.Of("another")));
    }

    [Fact]
    public async Task Moved_and_copied_files_are_known_by_their_content()
    {
        await KeepAsync();
        string moved = Path.Combine(_folder, "b.png");
        File.Move(Picture, moved);
        Assert.Equal(moved, Cache.Find(moved, Maker)!.Input);
    }

    [Fact]
    public async Task Changed_file_is_not_known()
    {
        await KeepAsync();
        File.AppendAllText(Picture, "more");
        Assert.Null(Cache.Find(Picture, Maker));
    }

    [Fact]
    public async Task Damaged_entry_is_as_if_it_were_not_there()
    {
        await KeepAsync();
        foreach (string entry in Directory.GetFiles(Cache.Folder, "*", SearchOption.AllDirectories))
            File.WriteAllText(entry, "{ \"input\": ");
        Assert.Null(Cache.Find(Picture, Maker));
    }

    [Fact]
    public void Failed_analysis_is_not_kept()
    {
        Cache.Keep(Picture, Maker, ImageAnalysis.Failed(Picture, new IOException("broken")));
        Assert.False(Directory.Exists(Cache.Folder));
    }

    [Fact]
    public async Task Cache_is_readable_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there are no such permissions");
            return;
        }
        await KeepAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache.Folder));
    }

    [Fact]
    public async Task Second_run_analyses_nothing_and_gives_the_same_in_order()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        string[] paths = [Picture, ReferenceData.Sample("chelsea.png"), Path.Combine(_folder, "missing.jpg"), Picture];
        CachedAnalysis first = new(analyzer, FaceFeatures.Embedding, Cache),
            second = new(analyzer, FaceFeatures.Embedding, Cache);
        List<ImageAnalysis> cold = await CollectAsync(first, paths),
            warm = await CollectAsync(second, paths);
        Assert.Equal((0, 3), (first.Known, second.Known));
        Assert.Equal(paths, cold.Select(analysis => analysis.Input));
        Assert.Equal(paths, warm.Select(analysis => analysis.Input));
        Assert.Equal(cold.Select(analysis => analysis.Faces?.Count), warm.Select(analysis => analysis.Faces?.Count));
        Assert.NotNull(warm[2].Error);
        Assert.Equal(0, new CachedAnalysis(analyzer, FaceFeatures.None, Cache).Known);
        Assert.Equal(0, await KnownAsync(new CachedAnalysis(analyzer, FaceFeatures.Quality, Cache), paths));
    }

    private static async Task<int> KnownAsync(CachedAnalysis analysis, string[] paths)
    {
        await CollectAsync(analysis, paths);
        return analysis.Known;
    }

    private static async Task<List<ImageAnalysis>> CollectAsync(CachedAnalysis analysis, string[] paths)
    {
        List<ImageAnalysis> results = [];
        await foreach (ImageAnalysis result in analysis.RunAsync(paths, TestContext.Current.CancellationToken))
            results.Add(result);
        return results;
    }

    private async Task<ImageAnalysis> KeepAsync()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        ImageAnalysis analysis = await analyzer.AnalyzeAsync(
            Picture,
            FaceFeatures.Embedding | FaceFeatures.Quality,
            TestContext.Current.CancellationToken
        );
        Cache.Keep(Picture, Maker, analysis);
        return analysis;
    }
}
