namespace Semblance.Evaluation.Running;

/// <summary>A picture of a labelled set: its name there, and a way to its bytes.</summary>
/// <param name="Name">As the labels call it.</param>
/// <param name="Read">Gives the compressed bytes; called once or several times, from any thread.</param>
public sealed record EvaluationPicture(string Name, Func<ReadOnlyMemory<byte>> Read);
