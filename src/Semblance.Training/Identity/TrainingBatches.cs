using System.Threading.Channels;
using Semblance.Training.Trainer;

namespace Semblance.Training.Identity;

/// <summary>One step's input.</summary>
/// <param name="Step">Number of the (micro-)step.</param>
/// <param name="Input">[N, 3, 112, 112], row-major.</param>
/// <param name="Samples">Indexes of the samples.</param>
public sealed record TrainingBatch(long Step, float[] Input, int[] Samples);

/// <summary>Prepares batches ahead of the network on other threads. Every sample's augmentation depends on the seed and its place in the run alone.</summary>
/// <param name="crops">Crops of 112 x 112 x 3 bytes.</param>
/// <param name="size">Samples of a batch.</param>
/// <param name="augmentation">How they are varied.</param>
/// <param name="layout">The network's input.</param>
/// <param name="seed">Seed of the run.</param>
public sealed class TrainingBatches(IReadOnlyList<byte[]> crops, int size, Augmentation augmentation, InputLayout layout, int seed)
{
    private const int Ahead = 4;

    /// <summary>Batches from a step on, without end.</summary>
    /// <param name="first">Number of the first step.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<TrainingBatch> From(long first, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<TrainingBatch>> ahead = Channel.CreateBounded<Task<TrainingBatch>>(Ahead);
        Task producer = Task.Run(() => Produce(first, ahead.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (Task<TrainingBatch> batch in ahead.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return await batch.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Produce(long first, ChannelWriter<Task<TrainingBatch>> ahead, CancellationToken stop)
    {
        SampleOrder order = new(crops.Count, seed);
        for (long step = first; !stop.IsCancellationRequested; step++)
        {
            long start = step * size;
            int[] samples = [.. Enumerable.Range(0, size).Select(i => order.At(start + i))];
            long current = step;
            await ahead.WriteAsync(Task.Run(() => Make(current, samples), stop), stop).ConfigureAwait(false);
        }
    }

    private TrainingBatch Make(long step, int[] samples)
    {
        const int Values = 3 * CropImage.Plane;
        float[] input = new float[samples.Length * Values];
        for (int i = 0; i < samples.Length; i++)
        {
            CropImage image = CropImage.FromBytes(crops[samples[i]]);
            CropAugmentation.Apply(augmentation, image, StepRandom.For(seed, step * samples.Length + i, RandomStream.Augmentation));
            layout.Write(image, input.AsSpan(i * Values, Values));
        }
        return new(step, input, samples);
    }
}
