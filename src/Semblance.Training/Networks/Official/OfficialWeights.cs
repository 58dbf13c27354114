using Semblance.Conversion;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Checkpoints;
using Semblance.Conversion.Weights;
using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>Between a network of libtorch and the state_dict of an architecture that <see cref="ArchitectureCatalog"/> knows, in both
/// directions.</summary>
internal static class OfficialWeights
{
    private const string Counter = "num_batches_tracked";

    /// <summary>Takes over the weights of a checkpoint: of the official code, of another training run, or one of this program.</summary>
    /// <param name="network">Receives them.</param>
    /// <param name="architecture">What it is.</param>
    /// <param name="path">The file, in any format that <see cref="Checkpoint"/> reads.</param>
    /// <exception cref="TrainingException">It cannot be read, or is of another network; the message names entries that are missing, extra,
    /// or of another shape.</exception>
    public static void Load(nn.Module network, IArchitecture architecture, string path)
    {
        try
        {
            using Checkpoint checkpoint = Checkpoint.Open(path);
            Copy(ArchitectureCatalog.Recognize(checkpoint.Parts.Select(part => part.Weights), architecture).Weights, network, architecture);
        }
        catch (Exception e) when (e is ConversionException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TrainingException($"--init {path}: {e.Message}", e);
        }
    }

    /// <summary>Copies the entries of an architecture into a network.</summary>
    public static void Copy(StateDict weights, nn.Module network, IArchitecture architecture)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(architecture);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Dictionary<string, Tensor> live = network.state_dict();
        foreach (StateKey key in architecture.Keys)
            live[key.Name].copy_(tensor(weights[key.Name].ToFloats(), [.. key.Shape]));
    }

    /// <summary>The weights of a network as they are now.</summary>
    public static StateDict Of(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        return new(
            network
                .state_dict()
                .Where(entry => !entry.Key.EndsWith(Counter, StringComparison.Ordinal))
                .Select(entry =>
                    KeyValuePair.Create(
                        entry.Key,
                        StateTensor.Of(entry.Value.detach().cpu().to(ScalarType.Float32).data<float>().ToArray(), entry.Value.shape)
                    )
                )
                .ToArray()
        );
    }
}
