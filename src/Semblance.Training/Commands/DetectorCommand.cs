using System.CommandLine;
using Semblance.Training.Detectors;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Trainer;

namespace Semblance.Training.Commands;

/// <summary><c>semblance train detector</c>.</summary>
internal static class DetectorCommand
{
    private static readonly DetectorOptions Defaults = new() { Data = [], Out = "" };
    private static readonly SceneOptions Scenes = new();

    private static readonly Option<string[]> Data = new("--data")
    {
        Description =
            "Labelled pictures: folders or .tar archives with an annotation file of WIDER FACE, a label.txt of RetinaFace, or a CSV with "
            + "file,x,y,width,height[,ignore].",
        HelpName = "PATH",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string[]> Faces = new("--faces")
    {
        Description = "Folders of pictures of single faces without labels, for scenes that the teacher labels.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string?> Teacher = new("--teacher")
    {
        Description = "Learn from this checkpoint of a trained RetinaFace with the same body too: scores, boxes, landmarks and maps.",
        HelpName = "FILE",
    };
    private static readonly Option<string> Learn = OptionChoice.Of(
        "--learn",
        "What learns together: the whole network, or every block by itself from the teacher's maps, to begin with.",
        "whole",
        ["whole", "blocks"]
    );
    private static readonly Option<string?> Init = new("--init")
    {
        Description = "Start from this checkpoint of the same network. [default: random weights]",
        HelpName = "FILE",
    };
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder of the run.",
        HelpName = "DIR",
        Required = true,
    };
    private static readonly Option<string?> Id = new("--id")
    {
        Description = "Id of the model that comes out. [default: the folder's name]",
        HelpName = "ID",
    };
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description =
            "Go on from the newest checkpoint in --out; --steps and --cooldown may differ as long as the rate has not begun to fall.",
    };
    private static readonly Option<int> Size = Whole("--size", "Side of the scenes in pixels, a multiple of 32.", Scenes.Side);
    private static readonly Option<int> Batch = Whole("--batch", "Scenes of a step.", Defaults.Batch);
    private static readonly Option<long> Steps = Count("--steps", "Steps of the run.", Defaults.Steps);
    private static readonly Option<long> Warmup = Count("--warmup", "First steps, over which the rate rises.", Defaults.Warmup);
    private static readonly Option<long> Cooldown = Count("--cooldown", "Last steps, over which the rate falls to 0.", Defaults.Cooldown);
    private static readonly Option<double> Rate = Number("--lr", "Learning rate of AdamW.", "RATE", Defaults.Rate);
    private static readonly Option<double> Decay = Number("--weight-decay", "Decay of the weights.", "W", Defaults.WeightDecay);
    private static readonly Option<double> Clip = Number("--clip", "Longest gradient; 0 clips nothing.", "G", Defaults.Clip);
    private static readonly Option<double> Average = Number(
        "--average",
        "Share of the running average of the weights that stays at a step.",
        "PART",
        Defaults.Average
    );
    private static readonly Option<double> LabelWeight = Number(
        "--label-weight",
        "Weight of the labels beside a teacher.",
        "W",
        Defaults.LabelWeight
    );
    private static readonly Option<double> FeatureWeight = Number(
        "--feature-weight",
        "Weight of the teacher's maps.",
        "W",
        Defaults.FeatureWeight
    );
    private static readonly Option<double> FacesShare = Number(
        "--faces-share",
        "Part of the scenes that are put together of single faces.",
        "PART",
        Scenes.SinglesShare
    );
    private static readonly Option<long> EvalEvery = Count(
        "--eval-every",
        "Steps between measurements on the tenth of the pictures that is kept aside.",
        Defaults.MeasureEvery
    );
    private static readonly Option<long> CheckpointEvery = Count(
        "--checkpoint-every",
        "Steps between checkpoints.",
        Defaults.CheckpointEvery
    );
    private static readonly Option<string> License = new("--license")
    {
        Description = "Terms of the weights, for manifest and card.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => Defaults.License,
    };
    private static readonly Option<string?> DataName = new("--data-name")
    {
        Description = "What the card calls the data. [default: names of the files]",
        HelpName = "TEXT",
    };
    private static readonly Option<int> Seed = Whole("--seed", "Seed of everything that is drawn.", Defaults.Seed);
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads. [default: all cores]", HelpName = "N" };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("detector", "Trains a face detector with five landmarks: RetinaFace with a MobileNet body.")
        {
            Data,
            Faces,
            Teacher,
            Learn,
            Init,
            Out,
            Id,
            Resume,
            Size,
            Batch,
            Steps,
            Warmup,
            Cooldown,
            Rate,
            Decay,
            Clip,
            Average,
            LabelWeight,
            FeatureWeight,
            FacesShare,
            EvalEvery,
            CheckpointEvery,
            License,
            DataName,
            Seed,
            Threads,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        DetectorOptions options = Read(parsed);
        using ITrainingView view = TrainingViews.Open();
        await Task.Run(() => DetectorRun.RunAsync(options, view, stop), stop).ConfigureAwait(false);
        return 0;
    }

    private static DetectorOptions Read(ParseResult parsed) =>
        new()
        {
            Data = parsed.GetRequiredValue(Data),
            Faces = parsed.GetValue(Faces) ?? [],
            Teacher = parsed.GetValue(Teacher),
            Learning = parsed.GetValue(Learn) == "blocks" ? DetectorLearning.Blocks : DetectorLearning.Whole,
            Init = parsed.GetValue(Init),
            Out = parsed.GetRequiredValue(Out),
            Id = parsed.GetValue(Id),
            Start = parsed.GetValue(Resume) ? RunStart.Resume : RunStart.New,
            Batch = parsed.GetValue(Batch),
            Steps = parsed.GetValue(Steps),
            Warmup = parsed.GetValue(Warmup),
            Cooldown = parsed.GetValue(Cooldown),
            Rate = parsed.GetValue(Rate),
            WeightDecay = parsed.GetValue(Decay),
            Clip = parsed.GetValue(Clip),
            Average = parsed.GetValue(Average),
            LabelWeight = parsed.GetValue(LabelWeight),
            FeatureWeight = parsed.GetValue(FeatureWeight),
            Scenes = Scenes with { Side = parsed.GetValue(Size), SinglesShare = parsed.GetValue(FacesShare) },
            MeasureEvery = parsed.GetValue(EvalEvery),
            CheckpointEvery = parsed.GetValue(CheckpointEvery),
            License = parsed.GetValue(License)!,
            DataName = parsed.GetValue(DataName),
            Seed = parsed.GetValue(Seed),
            Threads = parsed.GetValue(Threads),
            Command = CommandText.Of(parsed),
        };

    private static Option<double> Number(string name, string description, string help, double value) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => value,
        };

    private static Option<int> Whole(string name, string description, int value) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => value,
        };

    private static Option<long> Count(string name, string description, long value) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => value,
        };
}
