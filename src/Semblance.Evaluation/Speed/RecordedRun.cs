using Semblance.Runtime;

namespace Semblance.Evaluation.Speed;

/// <summary>One run of a network with its inputs, to be repeated without anything around it.</summary>
/// <param name="ModelPath">File of the network.</param>
/// <param name="Input">The first tensor that went in, row after row.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record RecordedRun(string ModelPath, float[] Input, long[] Shape)
{
    /// <summary>The tensors that went in after the first, in the network's order.</summary>
    public IReadOnlyList<NetworkInput> Further { get; init; } = [];

    /// <summary>Keeps a run: its inputs are copied.</summary>
    /// <param name="run">As <see cref="ExecutionOptions.Tap"/> sees it.</param>
    public static RecordedRun Of(NetworkRun run) =>
        new(run.ModelPath, run.Input.ToArray(), [.. run.Shape])
        {
            Further = [.. (run.Further ?? []).Select(input => new NetworkInput(input.Values.ToArray(), [.. input.Shape]))],
        };
}
