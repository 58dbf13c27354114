namespace Semblance.Training.Attributes.Training;

/// <summary>Where a run stands.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Steps">Steps of the optimiser.</param>
/// <param name="BestScore">The best validation score so far.</param>
/// <param name="Best">All figures of that epoch.</param>
internal sealed record RunState(int Epoch, long Steps, double BestScore, IReadOnlyDictionary<string, double> Best)
{
    /// <summary>Before the first epoch.</summary>
    public static RunState Start { get; } = new(0, 0, double.MinValue, new Dictionary<string, double>());
}
