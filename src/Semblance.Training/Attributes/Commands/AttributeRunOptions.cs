using System.CommandLine;
using Semblance.Conversion.Onnx;
using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Attributes.Training;

namespace Semblance.Training.Attributes.Commands;

/// <summary>The options that all attribute runs share.</summary>
internal sealed class AttributeRunOptions(int[] defaultSides)
{
    private readonly Option<string> _out = new("--out") { Description = "Folder of the run: checkpoint, metrics, best weights.", Required = true };
    private readonly Option<string> _trunk = new("--trunk") { Description = "Embedder (.onnx) whose convolutions training starts from.", Required = true };
    private readonly Option<int[]> _sides = new("--sides") { Description = "Side of the input in every epoch.", DefaultValueFactory = _ => defaultSides, AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _rate = new("--rate") { Description = "Highest learning rate of the trunk.", DefaultValueFactory = _ => 1e-3 };
    private readonly Option<int> _batch = new("--batch") { Description = "Faces of a step.", DefaultValueFactory = _ => 64 };
    private readonly Option<int> _frozen = new("--frozen") { Description = "Layers at the start of the trunk that do not learn.", DefaultValueFactory = _ => 29 };
    private readonly Option<int> _thawed = new("--thawed") { Description = "Epochs at the end in which all layers learn.", DefaultValueFactory = _ => 2 };
    private readonly Option<int> _views = new("--views") { Description = "Views of every picture to which the heads are refitted.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of libtorch.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on from the checkpoint of --out." };

    /// <summary>Writes the model of a finished run.</summary>
    public delegate IReadOnlyDictionary<string, double> ModelWriter(
        string folder, int side, OnnxModel trunk, HeadLayers layers, float[] plain, float[] mirrored, string recipe);

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _out, _trunk, _sides, _rate, _batch, _frozen, _thawed, _views, _seed, _threads, _resume }) command.Add(option);
    }

    /// <summary>Trains, fits the heads and hands everything to the export.</summary>
    public void Train(ParseResult parsed, IAttributeTask task, AugmentationOptions augmentation, ModelWriter write, CancellationToken cancellationToken)
    {
        TorchSharp.torch.set_num_threads(parsed.GetValue(_threads));
        TrainingOptions options = new()
        {
            Folder = parsed.GetValue(_out)!,
            Sides = parsed.GetValue(_sides)!,
            Rate = parsed.GetValue(_rate),
            Batch = parsed.GetValue(_batch),
            FrozenLayers = parsed.GetValue(_frozen),
            ThawedEpochs = parsed.GetValue(_thawed),
            Seed = parsed.GetValue(_seed),
            Resume = parsed.GetValue(_resume),
            Augmentation = augmentation,
        };
        TorchSharp.torch.random.manual_seed(options.Seed);
        using AttributeNetwork network = new(AttributeTrunk.Cut(OnnxModel.Read(parsed.GetValue(_trunk)!)), task.Outputs, options.Dropout);
        new AttributeTrainer(task, network, options, Console.Error).Run(cancellationToken);
        int side = options.Sides[^1];
        HeadRefitOptions refit = new() { Seed = options.Seed, Views = parsed.GetValue(_views), Augmentation = augmentation };
        (HeadLayers layers, float[] plain, float[] mirrored) = new HeadRefit(task, network, refit, Console.Error).Run(side, cancellationToken);
        string folder = Path.Combine(options.Folder, "model");
        string recipe = $"`semblance-train {parsed.CommandResult.Command.Name}`, seed {options.Seed}, sides {string.Join(" ", options.Sides)}, rate {options.Rate}, batch {options.Batch}, "
            + $"first {options.FrozenLayers} layers kept but for the last {options.ThawedEpochs} epochs, {(layers.Hidden is null ? "linear heads" : "heads refitted with a hidden layer")}; on the processor";
        IReadOnlyDictionary<string, double> measured = write(folder, side, network.TrunkToOnnx(), layers, plain, mirrored, recipe);
        foreach ((string name, double value) in measured) Console.Out.WriteLine($"{name}: {value:0.####}");
        Console.Error.WriteLine($"model written to {folder}");
    }
}
