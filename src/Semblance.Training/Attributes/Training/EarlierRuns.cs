using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>The best weights of runs that are done.</summary>
internal static class EarlierRuns
{
    /// <summary>Loads the best weights of a run, or the mean of those of several that started from one another (model soups; Wortsman et
    /// al., ICML 2022).</summary>
    /// <param name="network">Takes them.</param>
    /// <param name="runs">The runs.</param>
    /// <exception cref="TrainingException">One has none, or they are of another network; nothing was changed.</exception>
    public static void Load(AttributeNetwork network, params IReadOnlyList<RunFolder> runs)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        Dictionary<string, Tensor> weights = network.state_dict();
        Dictionary<string, Tensor> sums = weights.ToDictionary(entry => entry.Key, entry => zeros_like(entry.Value));
        foreach (RunFolder run in runs)
        {
            if (!File.Exists(run.Best))
                throw new TrainingException($"{run.Best}: no such weights");
            IReadOnlyDictionary<string, Tensor> kept = TensorFile.Read(run.Best).Tensors;
            string? other = weights
                .Keys.Union(kept.Keys)
                .FirstOrDefault(key =>
                    !weights.TryGetValue(key, out Tensor? mine)
                    || !kept.TryGetValue(key, out Tensor? theirs)
                    || !mine.shape.SequenceEqual(theirs.shape)
                );
            if (other is not null)
                throw new TrainingException($"{run.Best} belongs to another network: '{other}' does not fit");
            foreach ((string key, Tensor sum) in sums)
                sum.add_(kept[key], 1.0 / runs.Count);
        }
        foreach ((string key, Tensor sum) in sums)
            weights[key].copy_(sum);
    }
}
