using System.CommandLine;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;
using Semblance.Training.Networks;
using Semblance.Training.Plots;
using Semblance.Training.Trainer;

namespace Semblance.Training.Attributes.Commands;

/// <summary>The options that all attribute runs share.</summary>
internal sealed class AttributeRunOptions(int[] defaultSides)
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder of the run: checkpoint, metrics, best weights.",
        Required = true,
    };
    private readonly Option<string> _trunk = new("--trunk")
    {
        Description = "Embedder or attribute network whose convolutions training starts from: pack:ID or an .onnx file.",
        DefaultValueFactory = _ => Backbones.Pack + FaceAnalyzerOptions.DefaultEmbedder,
    };
    private readonly Option<int[]> _sides = new("--sides")
    {
        Description = "Side of the input in every epoch.",
        DefaultValueFactory = _ => defaultSides,
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<double> _rate = new("--rate")
    {
        Description = "Highest learning rate of the trunk.",
        DefaultValueFactory = _ => 1e-3,
    };
    private readonly Option<int> _batch = new("--batch") { Description = "Faces of a step.", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _frozen = new("--frozen")
    {
        Description = "Layers at the start of the trunk that do not learn.",
        DefaultValueFactory = _ => 29,
    };
    private readonly Option<int> _thawed = new("--thawed")
    {
        Description = "Epochs at the end in which all layers learn.",
        DefaultValueFactory = _ => 2,
    };
    private readonly Option<int> _views = new("--views")
    {
        Description = "Views of every picture to which the heads are refitted.",
        DefaultValueFactory = _ => 3,
    };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads of libtorch.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };
    private readonly Option<string[]> _init = new("--init")
    {
        Description = "Folders of runs of the same kind: training starts from the mean of their best weights.",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<double> _dropout = new("--dropout")
    {
        Description = "Probability that a feature of the trunk is left out.",
        DefaultValueFactory = _ => 0.2,
    };
    private readonly Option<bool> _headsOnly = new("--heads-only")
    {
        Description =
            "Trains nothing but refits the heads to the best weights of --out, or to those of --init, or, where --trunk is given and --out "
            + "has none, to the trunk as it is, and writes the model.",
    };
    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on from the checkpoint of --out." };

    /// <summary>Fits the heads of a finished run and writes the model.</summary>
    public delegate IReadOnlyDictionary<string, double> RunFinish(FinishedRun run, CancellationToken cancellationToken);

    public void AddTo(Command command)
    {
        foreach (
            Option option in new Option[]
            {
                _out,
                _trunk,
                _sides,
                _rate,
                _batch,
                _frozen,
                _thawed,
                _views,
                _seed,
                _threads,
                _init,
                _dropout,
                _headsOnly,
                _resume,
            }
        )
            command.Add(option);
    }

    /// <summary>Threads of libtorch and ONNX Runtime.</summary>
    public int ThreadsOf(ParseResult parsed) => parsed.GetValue(_threads);

    /// <summary>Trains, fits the heads and hands everything to the export.</summary>
    public async Task TrainAsync(
        ParseResult parsed,
        IAttributeTask task,
        AugmentationOptions augmentation,
        RunFinish finish,
        CancellationToken cancellationToken
    )
    {
        int threads = ThreadsOf(parsed);
        TorchSharp.torch.set_num_threads(threads);
        RunFolder[] init = [.. parsed.GetValue(_init)!.Select(path => new RunFolder(path))];
        TrainingOptions options = new()
        {
            Folder = parsed.GetValue(_out)!,
            Sides = parsed.GetValue(_sides)!,
            Rate = parsed.GetValue(_rate),
            Batch = parsed.GetValue(_batch),
            FrozenLayers = parsed.GetValue(_frozen),
            ThawedEpochs = parsed.GetValue(_thawed),
            Seed = parsed.GetValue(_seed),
            Dropout = parsed.GetValue(_dropout),
            Threads = threads,
            Start = parsed.GetValue(_resume) ? RunStart.Resume : RunStart.New,
            Origin =
                $"{task.Description}, trunk {parsed.GetValue(_trunk)}, init "
                + $"{(init.Length == 0 ? "none" : string.Join(" ", init.Select(earlier => earlier.Path)))}",
            Augmentation = augmentation,
        };
        TorchSharp.torch.random.manual_seed(options.Seed);
        using AttributeNetwork network = new(AttributeTrunk.Cut(TrunkOf(parsed.GetValue(_trunk)!)), task.Outputs, options.Dropout);
        bool headsOnly = parsed.GetValue(_headsOnly);
        RunFolder run = new(options.Folder);
        if (init.Length > 0 && options.Start == RunStart.New)
            EarlierRuns.Load(network, init);
        else if (headsOnly && (File.Exists(run.Best) || parsed.GetResult(_trunk) is not { Implicit: false }))
            EarlierRuns.Load(network, run);
        if (!headsOnly)
        {
            using ITrainingView view = TrainingViews.Open();
            await new AttributeTrainer(task, network, options, view).RunAsync(cancellationToken).ConfigureAwait(false);
            foreach (string plot in RunPlots.Write(run, RunRecord.Read(run.Metrics)))
                view.Say($"drawn: {plot}");
        }
        // What follows runs on whatever thread training ended on; the number of threads belongs to each.
        TorchSharp.torch.set_num_threads(threads);
        HeadRefitOptions refit = new()
        {
            Seed = options.Seed,
            Views = parsed.GetValue(_views),
            Augmentation = augmentation,
        };
        string recipe =
            $"`semblance-train {parsed.CommandResult.Command.Name}` from "
            + $"{(init.Length > 0 ? $"{init.Length} earlier run(s)" : parsed.GetValue(_trunk))}, {task.Description}, seed "
            + $"{options.Seed}, sides {string.Join(" ", options.Sides)}, rate {options.Rate}, batch {options.Batch}, first "
            + $"{options.FrozenLayers} layers kept but for the last {options.ThawedEpochs} epochs, heads refitted on {refit.Views} "
            + $"views; on the processor";
        IReadOnlyDictionary<string, double> measured = finish(new(network, options.Sides[^1], refit, run.Model, recipe), cancellationToken);
        foreach ((string name, double value) in measured)
            Console.Out.WriteLine($"{name}: {value:0.####}");
        Console.Error.WriteLine($"model written to {run.Model}");
    }

    private static OnnxModel TrunkOf(string name)
    {
        string path = name.StartsWith(Backbones.Pack, StringComparison.Ordinal)
            ? ModelCatalog.Default.Find(name[Backbones.Pack.Length..]).PathOf()
            : name;
        return File.Exists(path)
            ? OnnxModel.Read(path)
            : throw new TrainingException(
                $"--trunk {name}: no such file; {Backbones.Pack}{FaceAnalyzerOptions.DefaultEmbedder} takes the pack's embedder"
            );
    }
}
