using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Enrolling;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery reembed</c>: another embedder for what is held.</summary>
internal static class ReembedCommand
{
    public static Command Create()
    {
        Command command = new Command(
            "reembed",
            "Makes all references anew from kept crops by another embedder.\n\nExample: semblance gallery reembed --store "
                + "sqlite:people.db --embedder adaface-ir101"
        )
        {
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(settings, stop).ConfigureAwait(false);
        GalleryContract before = gallery.Settings.Contract;
        int count = (int)(await gallery.GetStatisticsAsync(stop).ConfigureAwait(false)).Counts.Crops;
        using Progress progress = new("embedding", count, settings.Quiet);
        int made = await Reembedding.RunAsync(gallery, analyzer.Embedder, new Steps(progress), stop).ConfigureAwait(false);
        Console.Out.WriteLine($"{made} references embedded anew\n  before: {Text(before)}\n  after:  {Text(gallery.Settings.Contract)}");
        return (int)ExitCode.Done;
    }

    private static string Text(GalleryContract contract) => $"{contract.Embedder} ({contract.Contract}, {contract.Dimension} components)";

    private sealed class Steps(Progress progress) : IProgress<int>
    {
        private int _done;

        public void Report(int value)
        {
            for (; _done < value; _done++)
                progress.Advance();
        }
    }
}
