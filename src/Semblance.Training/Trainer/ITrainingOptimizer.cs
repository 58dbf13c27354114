using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>Changes parameters by their gradients.</summary>
internal interface ITrainingOptimizer : IDisposable
{
    /// <summary>What it remembers from step to step, by keys for a checkpoint. The tensors are its own: a resumed run is copied into
    /// them.</summary>
    IEnumerable<KeyValuePair<string, Tensor>> State { get; }

    /// <summary>Forgets the gradients.</summary>
    void ZeroGradients();

    /// <summary>Scales all gradients down together when their common length exceeds a limit.</summary>
    /// <param name="limit">Largest length; 0 only measures.</param>
    /// <param name="accumulated">Gradients are sums over so many batches; their mean counts.</param>
    /// <returns>The length before, which is not finite when a gradient is not.</returns>
    double ClipGradients(double limit, int accumulated = 1);

    /// <summary>Takes a step.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="rows">For some parameters the only rows that are touched; null for all.</param>
    /// <exception cref="NotSupportedException">It cannot leave rows alone.</exception>
    void Update(double rate, IReadOnlyDictionary<string, Tensor>? rows = null);
}
