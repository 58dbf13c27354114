using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>The loss of one batch, whose crops are drawn and varied ahead on other threads.</summary>
internal sealed class AttributeObjective(IAttributeTask task, AttributeNetwork network, TrainingOptions options, EpochOrders orders)
    : IAsyncDisposable
{
    private const int BatchesAhead = 3;

    private readonly Ahead<TrainingBatch> _batches = new(step => Make(step, task, options, orders), BatchesAhead);

    private int _frozenFor = -1;

    /// <summary>Waits for a batch and gives what computes its loss.</summary>
    public async Task<Func<Tensor>> NextAsync(long number)
    {
        TrainingBatch batch = await _batches.At(number).ConfigureAwait(false);
        int epoch = orders.PlaceOf(number).Epoch;
        return () => Loss(batch, epoch);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _batches.DisposeAsync();

    private static TrainingBatch Make(long step, IAttributeTask task, TrainingOptions options, EpochOrders orders)
    {
        (int epoch, int first) = orders.PlaceOf(step);
        int[] samples = orders.SamplesOf(step);
        int side = options.Sides[Math.Min(epoch, options.Epochs - 1)],
            area = 3 * side * side;
        float[] planes = new float[samples.Length * area];
        for (int i = 0; i < samples.Length; i++)
            CropSampler.Varied(
                task.Crop(samples[i]),
                side,
                options.Augmentation,
                StepRandom.For(options.Seed, ((long)epoch << 32) + first + i, RandomStream.Augmentation),
                planes.AsSpan(i * area, area)
            );
        return new(samples, planes, side);
    }

    private Tensor Loss(TrainingBatch batch, int epoch)
    {
        network.train();
        if (_frozenFor != epoch)
        {
            network.Freeze(epoch < options.Epochs - options.ThawedEpochs ? options.FrozenLayers : 0);
            _frozenFor = epoch;
        }
        return task.Loss(network.forward(tensor(batch.Planes, [batch.Samples.Length, 3, batch.Side, batch.Side])), batch.Samples);
    }
}
