using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Audit;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery audit</c>: was the log altered?</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Receipt = new("--receipt")
    {
        Description = "An entry that must be in the log, as printed by remove, purge and audit.",
        HelpName = "NUMBER:HASH",
    };

    public static Command Create()
    {
        Command command = new Command(
            "audit",
            "Checks the log of everything that was done. Exit code 1: it was altered or cut.\n\nExample: semblance gallery audit "
                + "--store sqlite:people.db"
        )
        {
            Receipt,
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        AuditReport report = await gallery
            .AuditAsync(parsed.GetValue(Receipt) is { } receipt ? AuditHead.Parse(receipt) : null, stop)
            .ConfigureAwait(false);
        if (parsed.GetValue(GalleryAccess.Json))
        {
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        intact = report.IsIntact,
                        entries = report.Entries,
                        receipt = report.Head?.ToString(),
                        problems = report.Problems,
                        unbound = report.Unbound,
                    }
                )
            );
        }
        else
        {
            foreach (string problem in report.Problems)
                Console.Out.WriteLine($"ALTERED: {problem}");
            Console.Out.WriteLine(
                $"{report.Entries} entries, "
                    + $"{(report.IsIntact ? "unaltered and complete" : $"{report.Problems.Count} problems")}; receipt of the newest: "
                    + $"{report.Head}"
            );
            if (report.Unbound > 0)
                Console.Out.WriteLine(
                    $"{report.Unbound} people were enrolled before the log bound what is held about them; 'semblance gallery upgrade "
                        + $"--store {gallery.Address}' binds them"
                );
        }
        return (int)(report.IsIntact ? ExitCode.Done : ExitCode.No);
    }
}
