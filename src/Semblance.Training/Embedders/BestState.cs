using System.Globalization;
using Semblance.Files;
using Semblance.Training.Trainer;
using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Keeps the network in the state with the best figures, on disk, so that it outlives an interrupted run.</summary>
/// <param name="network">The network.</param>
/// <param name="folder">Where it is kept.</param>
/// <param name="say">Is told what goes wrong.</param>
internal sealed class BestState(nn.Module network, RunFolder folder, Action<string> say)
{
    private const string ScoreKey = "score",
        StepKey = "step";

    private double _score =
        File.Exists(folder.Best) && File.Exists(folder.Checkpoint)
            ? Number(TensorFile.Read(folder.Best), ScoreKey)
            : double.NegativeInfinity;

    /// <summary>Keeps the state as it is now when it is the best so far; a disk that is full costs this state and nothing else.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="score">The higher the better.</param>
    public void Offer(long step, double score)
    {
        if (score <= _score)
            return;
        using var scope = NewDisposeScope();
        Dictionary<string, string> metadata = new()
        {
            [ScoreKey] = score.ToString("r", CultureInfo.InvariantCulture),
            [StepKey] = step.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            new TensorFile(metadata, network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.cpu())).Write(folder.Best);
            _score = score;
        }
        catch (FileWriteException e)
        {
            say(
                $"warning: the best state so far, of step {step}, cannot be kept: {e.Message} "
                    + $"{(File.Exists(folder.Best) ? "The one before stays; make" : "Make")} room in {folder.Path}"
            );
        }
    }

    /// <summary>Puts the network into the best state; where none could be kept it stays as it is, which is told.</summary>
    /// <param name="steps">Steps done so far.</param>
    /// <returns>Steps done in the state that it has now.</returns>
    public long Restore(long steps)
    {
        if (!File.Exists(folder.Best))
        {
            say("warning: no best state could be kept; the model is the last one");
            return steps;
        }
        using var scope = NewDisposeScope();
        using var none = no_grad();
        TensorFile file = TensorFile.Read(folder.Best);
        foreach ((string key, Tensor tensor) in network.state_dict())
            tensor.copy_(file.Tensors[key]);
        return (long)Number(file, StepKey);
    }

    private static double Number(TensorFile file, string key)
    {
        using var scope = NewDisposeScope();
        return double.Parse(file.Metadata[key], CultureInfo.InvariantCulture);
    }
}
