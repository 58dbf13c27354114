using Semblance.Files;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>All that changes while a run goes on: modules by name and what the optimiser remembers. Random numbers need no state; see
/// <see cref="StepRandom"/>.</summary>
/// <param name="modules">Modules by the prefix of their keys.</param>
/// <param name="optimizer">The optimiser.</param>
internal sealed class TrainingState(IReadOnlyDictionary<string, nn.Module> modules, ITrainingOptimizer optimizer)
{
    private const string StepKey = "step",
        PlanKey = "plan";

    /// <summary>The modules.</summary>
    public IReadOnlyDictionary<string, nn.Module> Modules => modules;

    /// <summary>The optimiser.</summary>
    public ITrainingOptimizer Optimizer => optimizer;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">The file; replaced when it is there.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="plan">What must be the same when the run is resumed, in words.</param>
    /// <exception cref="FileWriteException">It cannot be written; the old file is as it was.</exception>
    public void Save(string path, long step, string plan)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, string> metadata = new()
        {
            [StepKey] = step.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [PlanKey] = plan,
        };
        new TensorFile(metadata, Live().ToDictionary(entry => entry.Key, entry => entry.Value.cpu())).Write(path);
    }

    /// <summary>Takes over a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">Must be what it was saved with.</param>
    /// <returns>Steps done.</returns>
    /// <exception cref="TrainingException">It is of another run or another network; nothing was changed.</exception>
    public long Load(string path, string plan)
    {
        using var scope = NewDisposeScope();
        TensorFile file = TensorFile.Read(path);
        if (file.Metadata.GetValueOrDefault(PlanKey) != plan)
            throw new TrainingException(
                $"{path} was made with other data or options:\n  then {file.Metadata.GetValueOrDefault(PlanKey)}\n  now  {plan}\ngive "
                    + $"the same ones to resume, or train into another folder"
            );
        Dictionary<string, Tensor> live = Live();
        string? difference = live
            .Keys.Concat(file.Tensors.Keys)
            .Distinct()
            .FirstOrDefault(key =>
                !live.TryGetValue(key, out Tensor? mine)
                || !file.Tensors.TryGetValue(key, out Tensor? theirs)
                || !mine.shape.SequenceEqual(theirs.shape)
            );
        if (difference is not null)
            throw new TrainingException(
                $"{path} is a checkpoint of another network: '{difference}' does not fit; train into another folder or give the options "
                    + $"of the first run"
            );
        using var none = no_grad();
        foreach ((string key, Tensor tensor) in live)
            tensor.copy_(file.Tensors[key]);
        return long.Parse(file.Metadata[StepKey], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Dictionary<string, Tensor> Live()
    {
        Dictionary<string, Tensor> tensors = [];
        foreach ((string prefix, nn.Module module) in modules)
        foreach ((string key, Tensor tensor) in module.state_dict())
            tensors[$"{prefix}.{key}"] = tensor;
        foreach ((string key, Tensor tensor) in optimizer.State)
            tensors[key] = tensor;
        return tensors;
    }
}
