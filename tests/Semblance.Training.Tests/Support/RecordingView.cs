using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Support;

/// <summary>Keeps what a run shows.</summary>
internal sealed class RecordingView : ITrainingView
{
    public List<string> Messages { get; } = [];

    public List<TrainingProgress> Steps { get; } = [];

    /// <summary>Called at every step.</summary>
    public Action<TrainingProgress> OnStep { get; init; } = _ => { };

    public void Advanced(TrainingProgress progress)
    {
        Steps.Add(progress);
        OnStep(progress);
    }

    public void Measured(long done, IReadOnlyDictionary<string, double> figures) => Messages.Add($"measured at {done}");

    public void Say(string message) => Messages.Add(message);

    public void Dispose() { }
}
