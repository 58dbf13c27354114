using System.CommandLine;
using Semblance.Caching;
using Semblance.Cli.Commands.Gallery;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Gallery.Albums;

namespace Semblance.Cli.Commands.Albums;

/// <summary>What the commands for albums share: options, the cache, the pictures.</summary>
internal static class AlbumOptions
{
    public static readonly Option<bool> NoCache = new("--no-cache")
    {
        Description = "Neither use nor keep results of former runs (kept under SEMBLANCE_HOME, for you alone to read).",
    };

    public static readonly Option<double> MinQuality = new("--min-quality")
    {
        Description = "Leave out faces of less quality, 0 to 1.",
        HelpName = "Q",
    };

    /// <summary>The options of analysing an album and of opening a gallery.</summary>
    public static Command WithAlbum(this Command command)
    {
        command.Options.Add(InputOptions.Recursive);
        command.Options.Add(NoCache);
        command.Options.Add(AnalyzerOptions.Embedder);
        command.Options.Add(AnalyzerOptions.Flip);
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        return command.WithStore();
    }

    /// <summary>The pictures of the inputs, without those in a folder that results go to.</summary>
    public static IReadOnlyList<string> Pictures(ParseResult parsed, Argument<string[]> inputs, string? except = null)
    {
        string[] typed = parsed.GetRequiredValue(inputs);
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(typed);
        if (except is null)
            return files;
        string inside = Path.GetFullPath(except) + Path.DirectorySeparatorChar;
        string[] outside = [.. files.Where(file => !Path.GetFullPath(file).StartsWith(inside, StringComparison.Ordinal))];
        return outside.Length > 0 ? outside : throw new NoInputException($"{string.Join(' ', typed)}: all pictures lie in {except}");
    }

    /// <summary>Analyses for albums, through the cache.</summary>
    public static CachedAnalysis Analysis(Settings settings, IFaceAnalyzer analyzer) =>
        new(
            analyzer,
            AlbumSorter.Features,
            settings.Get(NoCache, false) ? null : new AnalysisCache(AnalysisCache.DefaultFolder, Messages.Warning)
        );

    /// <summary>A gallery and its analyzer where one is named, else the analyzer that the options describe.</summary>
    public static async Task<OpenAlbum> OpenAsync(Settings settings, CancellationToken stop) =>
        settings.Get(GalleryAccess.Store, null) is null
            ? new(AnalyzerOptions.Build(settings), null)
            : new(null, await GalleryAccess.OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false));

    /// <summary>Says, where looking at the pictures is cancelled, that it need not begin anew.</summary>
    public static async Task<T> LookAsync<T>(Settings settings, int pictures, Func<Progress, Task<T>> look)
    {
        using Progress progress = new("looking", pictures, settings.Quiet);
        try
        {
            return await look(progress).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!settings.Quiet)
        {
            progress.Above(() =>
                Messages.Hint(
                    $"{progress.Done} of {Counted.Of(pictures, "picture")} looked at"
                        + (settings.Get(NoCache, false) ? "" : "; the same command goes on with the rest")
                )
            );
            throw;
        }
    }

    /// <summary>Names the pictures that could not be analysed.</summary>
    public static void TellFailed(IReadOnlyList<ImageAnalysis> failed, int all, Settings settings)
    {
        foreach (ImageAnalysis picture in failed)
            Messages.Error(picture.Error!.Message);
        if (failed.Count > 0 && all > 1 && !settings.Quiet)
            Messages.Warning($"{failed.Count} of {all} pictures failed");
    }
}
