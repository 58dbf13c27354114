using Semblance.Training.Trainer;

namespace Semblance.Training.Identity;

/// <summary>The order in which samples come: every epoch a permutation of its own, which depends on the seed and the epoch alone.</summary>
/// <param name="count">Number of samples.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class SampleOrder(int count, int seed)
{
    private readonly int[] _order = new int[count];
    private long _epoch = -1;

    /// <summary>The sample at a place of the endless sequence of epochs.</summary>
    public int At(long position)
    {
        long epoch = position / count;
        if (epoch != _epoch)
        {
            for (int i = 0; i < count; i++)
                _order[i] = i;
            StepRandom.For(seed, epoch, RandomStream.Order).Shuffle(_order);
            _epoch = epoch;
        }
        return _order[position % count];
    }
}
