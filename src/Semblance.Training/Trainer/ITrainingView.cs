namespace Semblance.Training.Trainer;

/// <summary>Shows a run while it goes on.</summary>
internal interface ITrainingView : IDisposable
{
    /// <summary>A step is done.</summary>
    void Advanced(TrainingProgress progress);

    /// <summary>Something was measured.</summary>
    /// <param name="done">Steps done.</param>
    /// <param name="figures">By name.</param>
    void Measured(long done, IReadOnlyDictionary<string, double> figures);

    /// <summary>Something to know.</summary>
    void Say(string message);
}

/// <summary>Where a run stands.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="TotalSteps">Steps of the whole run.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Loss">Running mean of the loss.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="SamplesPerSecond">Since the last report.</param>
/// <param name="Remaining">Time left at this speed.</param>
internal sealed record TrainingProgress(
    long Step,
    long TotalSteps,
    double Epoch,
    double Loss,
    double Rate,
    double SamplesPerSecond,
    TimeSpan Remaining
);
