using System.Text.Json;
using Semblance.Files;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>What an attribute run keeps: the state after an epoch, and the weights of the best one.</summary>
/// <param name="folder">Where.</param>
internal sealed class AttributeCheckpoint(RunFolder folder)
{
    private const string StateKey = "state",
        PlanKey = "plan";

    /// <summary>Keeps the state after an epoch.</summary>
    /// <param name="network">Its weights.</param>
    /// <param name="optimizer">Its moments.</param>
    /// <param name="average">Its averages.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="plan">What must be the same when the run is resumed, in words.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be written; the checkpoint before is whole.</exception>
    public void Save(AttributeNetwork network, DecoupledAdam optimizer, RunningAverage average, RunState state, string plan) =>
        Write(
            folder.Checkpoint,
            new Dictionary<string, string> { [StateKey] = JsonSerializer.Serialize(state), [PlanKey] = plan },
            Live(network, optimizer, average)
        );

    /// <summary>Brings everything back to the last checkpoint.</summary>
    /// <param name="network">Takes the weights.</param>
    /// <param name="optimizer">Takes moments and steps.</param>
    /// <param name="average">Takes the averages.</param>
    /// <param name="plan">Must be what the checkpoint was saved with.</param>
    /// <exception cref="TrainingException">It is of another network or of other options; nothing was changed.</exception>
    public RunState Restore(AttributeNetwork network, DecoupledAdam optimizer, RunningAverage average, string plan)
    {
        using var scope = NewDisposeScope();
        TensorFile file = TensorFile.Read(folder.Checkpoint);
        if (file.Metadata.GetValueOrDefault(PlanKey) != plan)
            throw new TrainingException(
                $"{folder.Checkpoint} was made with other options:\n  then {file.Metadata.GetValueOrDefault(PlanKey)}\n  now  "
                    + $"{plan}\ngive the same ones to resume, or train into another folder"
            );
        Copy(file, folder.Checkpoint, Live(network, optimizer, average));
        RunState state = JsonSerializer.Deserialize<RunState>(file.Metadata[StateKey])!;
        optimizer.Steps = state.Steps;
        return state;
    }

    /// <summary>Keeps the weights of the best epoch.</summary>
    /// <exception cref="IOException">They cannot be written; those before are whole.</exception>
    public void SaveBest(AttributeNetwork network) => Write(folder.Best, new Dictionary<string, string>(), Weights(network));

    /// <summary>Loads the weights of the best epoch.</summary>
    public void LoadBest(AttributeNetwork network) => Load(network, folder);

    /// <summary>Loads the best weights of a run, or the mean of those of several that started from one another (model soups; Wortsman et
    /// al., ICML 2022).</summary>
    /// <param name="network">Takes them.</param>
    /// <param name="runs">The runs.</param>
    /// <exception cref="TrainingException">One has none, or they are of another network.</exception>
    public static void Load(AttributeNetwork network, params IReadOnlyList<RunFolder> runs)
    {
        Dictionary<string, Tensor> weights = Weights(network);
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Dictionary<string, Tensor> sums = weights.ToDictionary(entry => entry.Key, entry => zeros_like(entry.Value));
        foreach (RunFolder run in runs)
        {
            if (!File.Exists(run.Best))
                throw new TrainingException($"{run.Best}: no such weights");
            Copy(TensorFile.Read(run.Best), run.Best, weights);
            foreach ((string key, Tensor sum) in sums)
                sum.add_(weights[key], 1.0 / runs.Count);
        }
        foreach ((string key, Tensor sum) in sums)
            weights[key].copy_(sum);
    }

    private static Dictionary<string, Tensor> Weights(AttributeNetwork network) =>
        network.named_parameters().ToDictionary(entry => $"network.{entry.name}", entry => (Tensor)entry.parameter);

    private static Dictionary<string, Tensor> Live(AttributeNetwork network, DecoupledAdam optimizer, RunningAverage average)
    {
        Dictionary<string, Tensor> tensors = Weights(network);
        for (int i = 0; i < average.Averages.Count; i++)
            tensors[$"average.{i}"] = average.Averages[i];
        for (int i = 0; i < optimizer.Moments.Count; i++)
            tensors[$"moment.{i}"] = optimizer.Moments[i];
        return tensors;
    }

    private static void Write(string path, Dictionary<string, string> metadata, Dictionary<string, Tensor> tensors)
    {
        try
        {
            new TensorFile(metadata, tensors).Write(path);
        }
        catch (FileWriteException e)
        {
            throw new IOException($"{path}: {e.Message}; the checkpoint before it is whole, go on with --resume when there is room", e);
        }
    }

    private static void Copy(TensorFile file, string path, Dictionary<string, Tensor> live)
    {
        string? other = live
            .Keys.Concat(file.Tensors.Keys)
            .FirstOrDefault(key =>
                !live.TryGetValue(key, out Tensor? mine)
                || !file.Tensors.TryGetValue(key, out Tensor? theirs)
                || !mine.shape.SequenceEqual(theirs.shape)
            );
        if (other is not null)
            throw new TrainingException($"{path} belongs to another network: '{other}' does not fit");
        using var none = no_grad();
        foreach ((string key, Tensor tensor) in live)
            tensor.copy_(file.Tensors[key]);
    }
}
