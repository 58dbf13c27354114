using System.Collections.Concurrent;
using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Trainer;

namespace Semblance.Training.Attributes.Training;

/// <summary>Draws and varies the batches of an epoch on a thread of its own, a few ahead of the network.</summary>
internal static class BatchProducer
{
    private const int Ahead = 4;

    /// <summary>The batches of one epoch; the last, shorter one is left out.</summary>
    public static IEnumerable<TrainingBatch> Epoch(
        IAttributeTask task,
        TrainingOptions options,
        int epoch,
        CancellationToken cancellationToken
    )
    {
        int side = options.Sides[epoch];
        int[] order = task.DrawEpoch(StepRandom.For(options.Seed, epoch, RandomStream.Order));
        using BlockingCollection<TrainingBatch> ready = new(Ahead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task producer = Task.Factory.StartNew(Produce, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (TrainingBatch batch in ready.GetConsumingEnumerable(cancellationToken))
                yield return batch;
        }
        finally
        {
            stop.Cancel();
            producer.Wait(CancellationToken.None);
        }

        void Produce()
        {
            try
            {
                for (int first = 0; first + options.Batch <= order.Length; first += options.Batch)
                {
                    int[] samples = order[first..(first + options.Batch)];
                    float[] planes = new float[samples.Length * 3 * side * side];
                    for (int i = 0; i < samples.Length; i++)
                    {
                        Random random = StepRandom.For(options.Seed, ((long)epoch << 32) + first + i, RandomStream.Augmentation);
                        CropSampler.Varied(
                            task.Crop(samples[i]),
                            side,
                            options.Augmentation,
                            random,
                            planes.AsSpan(i * 3 * side * side, 3 * side * side)
                        );
                    }
                    ready.Add(new(samples, planes, side), stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The epoch was given up; nobody waits for more.
            }
            finally
            {
                ready.CompleteAdding();
            }
        }
    }
}
