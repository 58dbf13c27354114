using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Evaluation;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary>Options that evaluations share: groups, report, results that are kept.</summary>
internal static class EvalOptions
{
    public static readonly Option<string> Images = new("--images")
    {
        Description = "Folder that the names are relative to.",
        HelpName = "DIR",
        Required = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "One JSON object." };

    public static readonly Option<string?> Report = new("--report")
    {
        Description = "Also write a report for people and programs into this folder: index.html, report.json, plots.",
        HelpName = "DIR",
    };

    public static readonly Option<bool> NoPictures = new("--no-pictures")
    {
        Description = "A report without pictures of anybody; with them it is personal data.",
    };

    public static readonly Option<string?> By = new("--by")
    {
        Description = "Columns of --labels to divide people by, separated by commas; age_group is made from age.",
        HelpName = "COLUMN,…",
    };

    public static readonly Option<string?> GroupLabelsFile = new("--labels")
    {
        Description = "CSV with file and the columns of --by.",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Cache = new("--cache")
    {
        Description =
            "Folder for results by picture, weights, options and code, so that a second evaluation takes seconds and an interrupted one "
            + "goes on; embeddings are personal data. [default: evaluations below SEMBLANCE_HOME]",
        HelpName = "DIR",
    };

    public static readonly Option<bool> NoCache = new("--no-cache") { Description = "Keep no results." };

    public static readonly Option<int> Draws = new("--draws")
    {
        Description = "Times that people are resampled for intervals.",
        HelpName = "N",
        DefaultValueFactory = _ => GroupOptions.DefaultDraws,
    };

    public static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of all that is drawn at random.",
        HelpName = "N",
        DefaultValueFactory = _ => GroupOptions.DefaultSeed,
    };

    public static readonly Option<int> MinPeople = new("--min-people")
    {
        Description = "A group of fewer people is too small to judge.",
        HelpName = "N",
        DefaultValueFactory = _ => GroupOptions.DefaultMinPeople,
    };

    public static IReadOnlyList<Option> ForRuns { get; } = [Cache, NoCache];

    public static IReadOnlyList<Option> ForReports { get; } = [Report, NoPictures, Draws, Seed, MinPeople];

    /// <summary>How pictures are worked through.</summary>
    public static RunOptions Run(
        ParseResult parsed,
        Settings settings,
        IProgress<EvaluationProgress>? progress,
        FaceChoice choice = FaceChoice.Center
    ) =>
        new()
        {
            CacheFolder = parsed.GetValue(NoCache) ? null : parsed.GetValue(Cache) ?? Path.Combine(ModelCatalog.Home, "evaluations"),
            Threads = settings.Threads,
            FaceChoice = choice,
            Decoding = AnalyzerOptions.Decoding(settings),
            Warn = Messages.Warning,
            Progress = progress,
        };

    /// <summary>How pictures are worked through where no results are kept.</summary>
    public static RunOptions Run(Settings settings, IProgress<EvaluationProgress> progress) =>
        new()
        {
            Threads = settings.Threads,
            Decoding = AnalyzerOptions.Decoding(settings),
            Progress = progress,
        };

    /// <summary>Rates, groups, pictures.</summary>
    public static PartOptions Parts(ParseResult parsed, Settings settings) =>
        new() { Groups = Resampling(parsed, settings), Pictures = parsed.GetValue(NoPictures) ? ErrorPictures.None : ErrorPictures.Worst };

    /// <summary>Smallest group, resampling.</summary>
    public static GroupOptions Resampling(ParseResult parsed, Settings settings) =>
        new()
        {
            Draws = parsed.GetValue(Draws),
            Seed = parsed.GetValue(Seed),
            MinPeople = parsed.GetValue(MinPeople),
            Threads = settings.Threads,
        };

    /// <summary>The groups that are asked for; null for none.</summary>
    /// <exception cref="UsageException">One of both options is missing.</exception>
    public static GroupLabels? Groups(ParseResult parsed) =>
        (parsed.GetValue(By), parsed.GetValue(GroupLabelsFile)) switch
        {
            (null, null) => null,
            ({ } by, { } labels) => GroupLabels.Read(
                labels,
                by.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            ),
            (null, _) => throw new UsageException("--labels says who is in which group; --by says which columns to take"),
            _ => throw new UsageException("--by needs --labels with a file that has these columns"),
        };

    /// <summary>Writes the report where one is asked for.</summary>
    public static void Write(
        ParseResult parsed,
        string title,
        IReadOnlyList<MeasuredPart> parts,
        FaceAnalyzer analyzer,
        FaceFeatures attributes,
        TimeSpan elapsed
    )
    {
        if (parsed.GetValue(Report) is not { } folder)
            return;
        EvaluationReport report = new()
        {
            Title = title,
            Summary = [.. parts.SelectMany(part => part.Sentences)],
            Origin = ReportMaking.Origin(CommandLine, ProductVersion.Text, Parts(parsed, new(parsed)).Groups, elapsed),
            Models = ReportMaking.Models(analyzer, attributes),
            Data = [.. parts.Select(part => part.Data).DistinctBy(data => data.Id)],
            Sections = [.. parts.SelectMany(part => part.Sections)],
            Limits = ReportLimits.OfEveryReport,
        };
        ReportFolder.Write(report, folder);
        Messages.Hint($"report written to {Path.Combine(folder, ReportFolder.PageName)}");
    }

    /// <summary>What was typed.</summary>
    public static string CommandLine =>
        "semblance " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(word => word.Contains(' ') ? $"\"{word}\"" : word));

    /// <summary>Names the pictures that could not be read; they are counted, and the rest is done.</summary>
    public static ExitCode Failures(PictureRuns runs, int pictures)
    {
        foreach ((string name, string why) in runs.Unreadable.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Messages.Error(why.StartsWith(name, StringComparison.Ordinal) ? why : $"{name}: {why}");
        return runs.Unreadable.Count == 0 ? ExitCode.Done
            : runs.Unreadable.Count < pictures ? ExitCode.SomeFailed
            : ExitCode.NoneUsable;
    }
}
