using System.Threading.Channels;

namespace Semblance.Training.Identity;

/// <summary>One step's input.</summary>
/// <param name="Step">Number of the (micro-)step.</param>
/// <param name="Input">Row-major.</param>
/// <param name="Shape">[N, C, H, W].</param>
/// <param name="Samples">Indexes of the samples.</param>
internal sealed record TrainingBatch(long Step, float[] Input, long[] Shape, int[] Samples);

/// <summary>Prepares batches ahead of the network on other threads.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="size">Samples of a batch.</param>
/// <param name="seed">Seed of the run.</param>
internal abstract class TrainingBatches(int count, int size, int seed)
{
    /// <summary>So many batches are made at once or wait: enough for all cores.</summary>
    private static readonly int Ahead = Math.Max(4, Environment.ProcessorCount);

    /// <summary>Seed of the run.</summary>
    private protected int Seed => seed;

    /// <summary>Batches from a step on, without end.</summary>
    /// <param name="first">Number of the first step.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<TrainingBatch> From(
        long first,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
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
        SampleOrder order = new(count, seed);
        for (long step = first; !stop.IsCancellationRequested; step++)
        {
            long start = step * size;
            int[] samples = [.. Enumerable.Range(0, size).Select(i => order.At(start + i))];
            long current = step;
            await ahead.WriteAsync(Task.Run(() => Make(current, samples), stop), stop).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one batch; called on several threads.</summary>
    /// <param name="step">Number of the batch.</param>
    /// <param name="samples">Indexes of its samples.</param>
    private protected abstract TrainingBatch Make(long step, int[] samples);
}
