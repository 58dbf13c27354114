using System.CommandLine;
using Semblance.Training.Embedders;
using Semblance.Training.Identity;
using Semblance.Training.Networks;
using Semblance.Training.Trainer;

namespace Semblance.Training.Commands;

/// <summary><c>semblance train embedder</c>.</summary>
internal static class EmbedderCommand
{
    private static readonly EmbedderOptions Defaults = new()
    {
        Data = "",
        Backbone = "",
        Out = "",
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Faces: a folder with a folder for every person, a CSV with file,identity, or an InsightFace .rec file.",
        HelpName = "PATH",
        Required = true,
    };
    private static readonly Option<string?> Images = new("--images")
    {
        Description = "Folder that the files of a CSV are relative to. [default: the CSV's own]",
        HelpName = "DIR",
    };
    private static readonly Option<string> Backbone = new("--backbone")
    {
        Description = $"The network: {string.Join(", ", Backbones.Names)}.",
        HelpName = "NAME",
        Required = true,
    };
    private static readonly Option<string?> Init = new("--init")
    {
        Description = "Start from this checkpoint of the same network.",
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
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the newest checkpoint in --out." };
    private static readonly Option<bool> Aligned = new("--aligned")
    {
        Description = "Pictures are aligned on the ArcFace template already.",
    };
    private static readonly Option<string[]> Detector = new("--detector")
    {
        Description = "Detectors that find the faces; each gives a crop of every picture to train on, the first alone crops the rest.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. Defaults.Detectors],
    };
    private static readonly Option<string> Loss = OptionChoice.Of("--loss", "The loss.", "adaface", LossNames.Keys);
    private static readonly Option<double?> MarginSize = new("--margin")
    {
        Description =
            "Margin, for arcface and combined in radians. [default: the loss's own: 0.4 for cosface and adaface, 0.5 for the others]",
        HelpName = "M",
    };
    private static readonly Option<double> Scale = Number("--scale", "Scale s of the logits.", "S", Defaults.Scale);
    private static readonly Option<double> Partial = Number(
        "--partial-fc",
        "Part of the people that takes part in a step.",
        "RATE",
        Defaults.PartialRate
    );
    private static readonly Option<double> Filter = Number(
        "--interclass-filter",
        "Leave out cosines of wrong people above this; 0 for none.",
        "COS",
        Defaults.InterclassFilter
    );
    private static readonly Option<string> Augment = OptionChoice.Of(
        "--augment",
        "How crops are varied.",
        "adaface",
        AugmentationNames.Keys
    );
    private static readonly Option<double> Epochs = Number("--epochs", "Epochs.", "N", Defaults.Epochs);
    private static readonly Option<int> Batch = Whole("--batch", "Samples of a batch.", Defaults.Batch);
    private static readonly Option<int> Accumulate = Whole("--accumulate", "Batches of one update.", Defaults.Accumulate);
    private static readonly Option<double> Rate = Number("--lr", "Highest learning rate.", "RATE", Defaults.Rate);
    private static readonly Option<double> HeadRate = Number(
        "--head-lr",
        "What the learning rate of the classes is multiplied by.",
        "FACTOR",
        Defaults.HeadRateFactor
    );
    private static readonly Option<double> Warmup = Number("--warmup", "Epochs in which the rate rises.", "N", Defaults.Warmup);
    private static readonly Option<string> Schedule = OptionChoice.Of(
        "--schedule",
        "How the rate falls: poly (to 0), step (by 10 at --milestones), constant.",
        "poly",
        ScheduleNames.Keys
    );
    private static readonly Option<double[]> Milestones = new("--milestones")
    {
        Description = "Epochs at which the rate falls by 10.",
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. Defaults.Milestones],
    };
    private static readonly Option<double> Momentum = Number("--momentum", "Momentum.", "M", Defaults.Momentum);
    private static readonly Option<double> Decay = Number(
        "--weight-decay",
        "Weight decay; none on batch norms.",
        "D",
        Defaults.WeightDecay
    );
    private static readonly Option<double> Clip = Number("--clip", "Longest gradient; 0 for any.", "LENGTH", Defaults.Clip);
    private static readonly Option<int> Freeze = Whole("--freeze", "First layers that stay as they are.", Defaults.Freeze);
    private static readonly Option<int> Views = Whole(
        "--views",
        "Compute the frozen layers once, for so many variations of every crop, and train the others on that; 0 computes them at every "
            + "step.",
        Defaults.Views
    );
    private static readonly Option<string[]> Distill = new("--distill")
    {
        Description =
            "Unlabelled faces (folders, or lists with a path a line): degraded crops must keep the embedding that the untrained network "
            + "gives the clean ones.",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<int> DistillBatch = Whole("--distill-batch", "Unlabelled samples of a batch.", Defaults.DistillBatch);
    private static readonly Option<double> DistillWeight = Number("--distill-weight", "Weight of their loss.", "W", Defaults.DistillWeight);
    private static readonly Option<string[]> Eval = new("--eval")
    {
        Description =
            "Pairs to measure on while training: CSV with image_a,image_b,same or InsightFace .bin; @size:24, @blur:2 or @jpeg:20 "
            + "behind it degrades the crops.",
        HelpName = "FILE",
        AllowMultipleArgumentsPerToken = true,
    };
    private static readonly Option<string?> EvalImages = new("--eval-images")
    {
        Description = "Folder that the images of those lists are relative to. [default: the list's own]",
        HelpName = "DIR",
    };
    private static readonly Option<double> EvalEvery = Number("--eval-every", "Epochs between measurements.", "N", Defaults.EvaluateEvery);
    private static readonly Option<int> CheckpointEvery = Whole(
        "--checkpoint-every",
        "Steps between checkpoints.",
        Defaults.CheckpointEvery
    );
    private static readonly Option<string?> Calibrate = new("--calibrate")
    {
        Description =
            "Pairs whose pictures the thresholds are measured on; a person is a folder. [default: people of the data that are kept aside]",
        HelpName = "FILE",
    };
    private static readonly Option<string?> CalibrateImages = new("--calibrate-images")
    {
        Description = "Folder that the images of that list are relative to. [default: the list's own]",
        HelpName = "DIR",
    };
    private static readonly Option<double> KeepAside = Number(
        "--keep-aside",
        "Part of the people that is not trained on but measures the thresholds, without --calibrate.",
        "PART",
        Defaults.KeepAside
    );
    private static readonly Option<string> License = new("--license")
    {
        Description = "Licence of the model that comes out, for its manifest.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => Defaults.License,
    };
    private static readonly Option<string?> DataName = new("--data-name")
    {
        Description = "What the data are, in words, for manifest and card. [default: the name of --data]",
        HelpName = "TEXT",
    };
    private static readonly Option<int> Seed = Whole("--seed", "Seed of all random numbers.", Defaults.Seed);
    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads of libtorch; one makes runs repeatable bit for bit. [default: all cores]",
        HelpName = "N",
    };
    private static readonly Option<string> Device = OptionChoice.Of("--device", "Where it runs.", "cpu", DeviceNames.Keys);
    private static readonly Option<string> Precision = OptionChoice.Of(
        "--precision",
        "How precise a card multiplies.",
        "tf32",
        PrecisionNames.Keys
    );
    private static readonly Option<string?> Cache = new("--cache")
    {
        Description = "Folder of cached crops. [default: in --out]",
        HelpName = "DIR",
    };

    private static Dictionary<string, LossKind> LossNames =>
        new()
        {
            ["softmax"] = LossKind.Softmax,
            ["cosface"] = LossKind.CosFace,
            ["arcface"] = LossKind.ArcFace,
            ["arcface-easy"] = LossKind.ArcFaceEasy,
            ["combined"] = LossKind.Combined,
            ["adaface"] = LossKind.AdaFace,
        };

    private static Dictionary<string, Augmentation> AugmentationNames =>
        new()
        {
            ["none"] = Augmentation.None,
            ["flip"] = Augmentation.Flip,
            ["adaface"] = Augmentation.AdaFace,
            ["degrading"] = Augmentation.Degrading,
        };

    private static Dictionary<string, RateDecay> ScheduleNames =>
        new()
        {
            ["poly"] = RateDecay.Polynomial,
            ["step"] = RateDecay.Steps,
            ["constant"] = RateDecay.Constant,
        };

    private static Dictionary<string, TrainingDevice> DeviceNames => new() { ["cpu"] = TrainingDevice.Cpu, ["cuda"] = TrainingDevice.Cuda };

    private static Dictionary<string, CudaPrecision> PrecisionNames =>
        new() { ["tf32"] = CudaPrecision.Tf32, ["float32"] = CudaPrecision.Float32 };

    public static Command Create()
    {
        Command command = new(
            "embedder",
            "Trains a face embedder and ends with an ONNX file, a manifest with calibrated thresholds, and a card.\n\n"
                + "Example: semblance train embedder --data faces/ --backbone iresnet50 --loss adaface --eval lfw/pairs.csv --out runs/a"
        )
        {
            Data,
            Images,
            Backbone,
            Init,
            Out,
            Id,
            Resume,
            Aligned,
            Detector,
            Loss,
            MarginSize,
            Scale,
            Partial,
            Filter,
            Augment,
            Epochs,
            Batch,
            Accumulate,
            Rate,
            HeadRate,
            Warmup,
            Schedule,
            Milestones,
            Momentum,
            Decay,
            Clip,
            Freeze,
            Views,
            Distill,
            DistillBatch,
            DistillWeight,
            Eval,
            EvalImages,
            EvalEvery,
            CheckpointEvery,
            Calibrate,
            CalibrateImages,
            KeepAside,
            License,
            DataName,
            Seed,
            Threads,
            Device,
            Precision,
            Cache,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        EmbedderOptions options = Read(parsed);
        using ITrainingView view = TrainingViews.Open();
        await Task.Run(() => EmbedderRun.RunAsync(options, view, stop), stop).ConfigureAwait(false);
        return 0;
    }

    private static EmbedderOptions Read(ParseResult parsed) =>
        new()
        {
            Data = parsed.GetRequiredValue(Data),
            Images = parsed.GetValue(Images),
            Crops = parsed.GetValue(Aligned) ? CropSource.Aligned : CropSource.Detect,
            Detectors = parsed.GetValue(Detector)!,
            Backbone = parsed.GetRequiredValue(Backbone),
            Init = parsed.GetValue(Init),
            Loss = LossNames[parsed.GetValue(Loss)!],
            Margin = parsed.GetValue(MarginSize),
            Scale = parsed.GetValue(Scale),
            PartialRate = parsed.GetValue(Partial),
            InterclassFilter = parsed.GetValue(Filter),
            Augmentation = AugmentationNames[parsed.GetValue(Augment)!],
            Epochs = parsed.GetValue(Epochs),
            Batch = parsed.GetValue(Batch),
            Accumulate = parsed.GetValue(Accumulate),
            Rate = parsed.GetValue(Rate),
            HeadRateFactor = parsed.GetValue(HeadRate),
            Warmup = parsed.GetValue(Warmup),
            Decay = ScheduleNames[parsed.GetValue(Schedule)!],
            Milestones = parsed.GetValue(Milestones)!,
            Momentum = parsed.GetValue(Momentum),
            WeightDecay = parsed.GetValue(Decay),
            Clip = parsed.GetValue(Clip),
            Freeze = parsed.GetValue(Freeze),
            Views = parsed.GetValue(Views),
            Distill = parsed.GetValue(Distill) ?? [],
            DistillBatch = parsed.GetValue(DistillBatch),
            DistillWeight = parsed.GetValue(DistillWeight),
            Evaluate = parsed.GetValue(Eval) ?? [],
            EvaluateImages = parsed.GetValue(EvalImages),
            EvaluateEvery = parsed.GetValue(EvalEvery),
            CheckpointEvery = parsed.GetValue(CheckpointEvery),
            Calibrate = parsed.GetValue(Calibrate),
            CalibrateImages = parsed.GetValue(CalibrateImages),
            KeepAside = parsed.GetValue(KeepAside),
            License = parsed.GetValue(License)!,
            DataName = parsed.GetValue(DataName),
            Seed = parsed.GetValue(Seed),
            Threads = parsed.GetValue(Threads),
            Device = DeviceNames[parsed.GetValue(Device)!],
            Precision = PrecisionNames[parsed.GetValue(Precision)!],
            Cache = parsed.GetValue(Cache),
            Out = parsed.GetRequiredValue(Out),
            Id = parsed.GetValue(Id),
            Start = parsed.GetValue(Resume) ? RunStart.Resume : RunStart.New,
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
}
