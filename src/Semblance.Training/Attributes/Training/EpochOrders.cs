using System.Collections.Concurrent;
using Semblance.Training.Trainer;

namespace Semblance.Training.Attributes.Training;

/// <summary>The samples of every step: epochs are drawn by their number alone, and the last, shorter batch of each is left out.</summary>
internal sealed class EpochOrders
{
    private readonly ConcurrentDictionary<int, int[]> _orders = [];
    private readonly IAttributeTask _task;
    private readonly TrainingOptions _options;

    /// <param name="task">Draws epochs, all of one length.</param>
    /// <param name="options">Batch and seed.</param>
    /// <exception cref="TrainingException">An epoch has fewer samples than a batch.</exception>
    public EpochOrders(IAttributeTask task, TrainingOptions options)
    {
        (_task, _options) = (task, options);
        StepsPerEpoch = Of(0).Length / options.Batch;
        if (StepsPerEpoch == 0)
            throw new TrainingException($"an epoch draws {Of(0).Length} faces, fewer than a step of {options.Batch}");
    }

    /// <summary>Whole batches of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The epoch of a step and the place of its first sample there.</summary>
    public (int Epoch, int First) PlaceOf(long step) => ((int)(step / StepsPerEpoch), (int)(step % StepsPerEpoch) * _options.Batch);

    /// <summary>The samples of a step.</summary>
    public int[] SamplesOf(long step)
    {
        (int epoch, int first) = PlaceOf(step);
        _orders.TryRemove(epoch - 2, out _);
        return Of(epoch)[first..(first + _options.Batch)];
    }

    private int[] Of(int epoch) =>
        _orders.GetOrAdd(epoch, number => _task.DrawEpoch(StepRandom.For(_options.Seed, number, RandomStream.Order)));
}
