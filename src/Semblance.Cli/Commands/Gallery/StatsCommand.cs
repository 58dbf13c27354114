using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Storage;
using Semblance.Matching;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery stats</c>: how much is held, and which rates it supports.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        Command command = new Command(
            "stats",
            "Shows how much is held and which rates it supports.\n\nExample: semblance gallery stats --store sqlite:people.db"
        )
        {
            GalleryAccess.Json,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using OpenGallery open = await GalleryAccess.OpenWithAnalyzerAsync(new(parsed), stop).ConfigureAwait(false);
        GalleryStatistics statistics = await open.Gallery.GetStatisticsAsync(stop).ConfigureAwait(false);
        GalleryCounts counts = statistics.Counts;
        GallerySettings settings = open.Gallery.Settings;
        if (parsed.GetValue(GalleryAccess.Json))
        {
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        store = open.Gallery.Address,
                        settings.Contract.Embedder,
                        settings.Contract.Contract,
                        settings.Contract.Dimension,
                        settings.RequireConsent,
                        settings.KeepCrops,
                        settings.Encrypted,
                        counts.People,
                        counts.ExpiredPeople,
                        counts.References,
                        counts.ExpiredReferences,
                        counts.Crops,
                        counts.MatedPairs,
                        counts.NonMatedPairs,
                        counts.Bytes,
                        statistics.CalibratedFalseMatchRate,
                        statistics.OwnFalseMatchRate,
                        smallestFpir = statistics.SmallestFalsePositiveIdentificationRate,
                    }
                )
            );
            return (int)ExitCode.Done;
        }
        Console.Out.WriteLine($"{open.Gallery.Address}: {settings.Contract.Embedder} ({settings.Contract.Contract})");
        Console.Out.WriteLine(
            $"  {(settings.RequireConsent ? "consent required" : "consent not required")}, "
                + $"{(settings.KeepCrops ? "crops kept" : "no pictures kept")}, {(settings.Encrypted ? "encrypted" : "not encrypted")}"
        );
        Console.Out.WriteLine(
            $"  {counts.People} people ({counts.ExpiredPeople} expired), {counts.References} "
                + $"references{(counts.ExpiredReferences > 0 ? $" and {counts.ExpiredReferences} of expired people" : "")}, "
                + $"{counts.Crops} crops"
                + (counts.Bytes is { } bytes ? $", {bytes / 1e6:0.0} MB" : "")
        );
        Console.Out.WriteLine($"  pairs of references: {counts.MatedPairs} mated, {counts.NonMatedPairs} non-mated");
        Console.Out.WriteLine(
            $"  smallest false match rate: {Rate(statistics.CalibratedFalseMatchRate)} by the calibration, "
                + $"{Rate(statistics.OwnFalseMatchRate)} by the gallery's own non-mated pairs"
        );
        Console.Out.WriteLine(
            $"  smallest false positive identification rate of a search: {Rate(statistics.SmallestFalsePositiveIdentificationRate)}"
        );
        return (int)ExitCode.Done;
    }

    private static string Rate(double? smallest) => smallest is { } value ? RateText.RoundedUp(value) : "none";
}
