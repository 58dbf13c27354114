using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Gallery.Albums;

namespace Semblance.Cli.Commands.Albums;

/// <summary><c>semblance sort</c>: folders by person.</summary>
internal static class SortCommand
{
    private static readonly Argument<string[]> Inputs = new("INPUT")
    {
        Description = InputOptions.Inputs.Description,
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the folders.", HelpName = "DIR" };

    private static readonly Option<string> By = VerifyCommand.Choice("--by", "What the folders are for.", "person", "person");

    private static readonly Option<bool> Copy = new("--copy") { Description = "Copy the pictures. [default]" };

    private static readonly Option<bool> Link = new("--link") { Description = "Make symbolic links to the pictures." };

    private static readonly Option<bool> Move = new("--move")
    {
        Description = "Move the pictures; one with several people is linked into the folders of the others.",
    };

    private static readonly Option<bool> OnlyKnown = new("--only-known")
    {
        Description = "Make folders for people of the gallery alone, none for groups of unknown ones.",
    };

    private static readonly Option<string?> Undo = new("--undo")
    {
        Description = "Take back a sorting, from the log in its folder.",
        HelpName = "LOG",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "The plan as one JSON document." };

    public static Command Create()
    {
        Command command = new Command(
            "sort",
            "Sorts pictures into a folder for every person: those of a gallery by name, others by group. Nothing is replaced, and all of "
                + "it can be undone.\n\nExample: semblance sort photos/ --recursive --out sorted/"
        )
        {
            Inputs,
            Out,
            By,
            Copy,
            Link,
            Move,
            OnlyKnown,
            AlbumOptions.MinQuality,
            Undo,
            Json,
        }.WithAlbum();
        command.SetAction((parsed, stop) => Task.Run(() => RunAsync(parsed, stop), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        if (parsed.GetValue(Undo) is { } log)
            return UndoAll(parsed, log, stop);
        FilingMode mode = ModeOf(parsed);
        string root = parsed.GetValue(Out) ?? throw new UsageException("--out is missing; say where the folders go, e.g. --out sorted/");
        IReadOnlyList<string> pictures = AlbumOptions.Pictures(parsed, Inputs, root);
        if (parsed.GetValue(OnlyKnown) && settings.Get(Gallery.GalleryAccess.Store, null) is null)
            throw new UsageException("--only-known needs a gallery, e.g. --store people.db");
        await using OpenAlbum open = await AlbumOptions.OpenAsync(settings, stop).ConfigureAwait(false);
        Caching.CachedAnalysis analysis = AlbumOptions.Analysis(settings, open.Analyzer);
        AlbumSorter sorter = new(analysis, open.Gallery);
        AlbumPlan plan = await AlbumOptions
            .LookAsync(settings, pictures.Count, progress => sorter.PlanAsync(pictures, OptionsOf(parsed, settings), progress, stop))
            .ConfigureAwait(false);
        AlbumOptions.TellFailed(plan.Failed, pictures.Count, settings);
        if (plan.Failed.Count == pictures.Count)
            return (int)ExitCode.NoneUsable;
        FilingReport report = File(plan, root, mode, settings, stop);
        foreach ((string picture, string problem) in report.Failed)
            Messages.Error($"{picture}: {problem}");
        Print(parsed, settings, root, plan, report, analysis.Known);
        return (int)(plan.Failed.Count + report.Failed.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private static FilingReport File(AlbumPlan plan, string root, FilingMode mode, Settings settings, CancellationToken stop)
    {
        using Progress progress = new("filing", plan.Folders.Sum(folder => folder.Pictures.Count), settings.Quiet);
        try
        {
            return new AlbumFiler(root, mode).File(plan, progress, stop);
        }
        catch (FilingCancelledException e) when (e.Log is not null)
        {
            Messages.Hint(
                $"{Counted.Of(e.Filed, "file")} made; the same command goes on with the rest, 'semblance sort --undo {e.Log}' takes them "
                    + $"back"
            );
            throw;
        }
    }

    private static FilingMode ModeOf(ParseResult parsed)
    {
        bool copy = parsed.GetValue(Copy),
            link = parsed.GetValue(Link),
            move = parsed.GetValue(Move);
        if ((copy ? 1 : 0) + (link ? 1 : 0) + (move ? 1 : 0) > 1)
            throw new UsageException("--copy, --link and --move exclude one another");
        return link ? FilingMode.Link
            : move ? FilingMode.Move
            : FilingMode.Copy;
    }

    private static AlbumSortOptions OptionsOf(ParseResult parsed, Settings settings) =>
        new()
        {
            MinimumQuality = settings.Get(AlbumOptions.MinQuality, AlbumSortOptions.DefaultMinimumQuality),
            People = parsed.GetValue(OnlyKnown) ? AlbumPeople.KnownAlone : AlbumPeople.Everybody,
            Grouping = new() { Threads = settings.Threads },
        };

    private static void Print(ParseResult parsed, Settings settings, string root, AlbumPlan plan, FilingReport report, int known)
    {
        if (parsed.GetValue(Json))
        {
            SortDocument document = new()
            {
                Out = root,
                Filed = report.Filed,
                AlreadyThere = report.AlreadyThere,
                Log = report.Log,
                Folders = plan.Folders,
            };
            Console.Out.WriteLine(JsonText.Of(document, AlbumJson.Default.SortDocument));
            return;
        }
        foreach (AlbumFolder folder in plan.Folders)
            Console.Out.WriteLine($"{Counted.Of(folder.Pictures.Count, "picture"), 14}  {Path.Combine(root, folder.Name)}");
        if (settings.Quiet)
            return;
        string before = report.AlreadyThere > 0 ? string.Create(CultureInfo.InvariantCulture, $", {report.AlreadyThere} were there") : "",
            cached = known > 0 ? $", {Counted.Of(known, "picture")} known from before" : "";
        Messages.Hint($"{Counted.Of(report.Filed, "file")} made{before}{cached}");
        if (report.Log is { } log)
            Messages.Hint($"'semblance sort --undo {log}' takes it back");
    }

    private static int UndoAll(ParseResult parsed, string log, CancellationToken stop)
    {
        if (parsed.GetRequiredValue(Inputs).Length > 0 || parsed.GetValue(Out) is not null)
            throw new UsageException("--undo takes back what its log says; it needs neither pictures nor --out");
        UndoReport report = AlbumUndo.Run(log, stop);
        foreach ((string path, string reason) in report.Kept)
            Messages.Warning($"{path} stays: {reason}");
        Console.Out.WriteLine($"{Counted.Of(report.Undone, "file")} taken back");
        return (int)(report.Kept.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }
}
