using Semblance.Runtime;

namespace Semblance.Evaluation.Speed;

/// <summary>One run of a network with its input, to be repeated without anything around it.</summary>
/// <param name="ModelPath">File of the network.</param>
/// <param name="Input">The tensor that went in, row after row.</param>
/// <param name="Shape">Its sizes.</param>
public sealed record RecordedRun(string ModelPath, float[] Input, long[] Shape)
{
    /// <summary>Keeps a run: its input is copied.</summary>
    /// <param name="run">As <see cref="ExecutionOptions.Tap"/> sees it.</param>
    public static RecordedRun Of(NetworkRun run) => new(run.ModelPath, run.Input.ToArray(), [.. run.Shape]);
}
