using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests.Identity;

public sealed class TrainingBatchesTests
{
    private const int Count = 10,
        Size = 4;

    private static readonly byte[][] Crops =
    [
        .. Enumerable
            .Range(0, Count)
            .Select(i => new FaceCropper(CropSource.Aligned, null).Crop(TemporaryFolder.Picture(i, i), "made up")!),
    ];

    [Fact]
    public async Task Batches_from_the_middle_are_those_of_a_run_from_the_start()
    {
        TrainingBatch[] whole = await Take(Batches(Augmentation.AdaFace), first: 0, count: 6),
            rest = await Take(Batches(Augmentation.AdaFace), first: 3, count: 3);
        for (int i = 0; i < rest.Length; i++)
        {
            Assert.Equal((whole[3 + i].Step, 3L + i), (rest[i].Step, rest[i].Step));
            Assert.Equal(whole[3 + i].Samples, rest[i].Samples);
            Assert.Equal(whole[3 + i].Input, rest[i].Input);
        }
    }

    [Fact]
    public async Task Every_sample_comes_once_an_epoch_in_an_order_of_its_own()
    {
        int[] samples = [.. (await Take(Batches(Augmentation.None), 0, count: 5)).SelectMany(batch => batch.Samples)];
        Assert.Equal(Enumerable.Range(0, Count), samples[..Count].Order());
        Assert.Equal(Enumerable.Range(0, Count), samples[Count..].Order());
        Assert.NotEqual(samples[..Count], samples[Count..]);
    }

    [Fact]
    public async Task Input_holds_the_crops_in_the_layout_of_the_network_when_nothing_is_varied()
    {
        TrainingBatch batch = (await Take(Batches(Augmentation.None), 0, count: 1))[0];
        Assert.Equal([Size, 3, 112, 112], batch.Shape);
        byte[] crop = Crops[batch.Samples[1]];
        int pixel = 57 * 112 + 31;
        for (int channel = 0; channel < 3; channel++)
            Assert.Equal((crop[3 * pixel + 2 - channel] - 127.5f) / 128, batch.Input[(3 + channel) * 112 * 112 + pixel]);
    }

    [Fact]
    public async Task Batches_are_prepared_ahead_while_the_network_works_on_the_first()
    {
        CountedCrops counted = new(Crops);
        CropBatches batches = new(counted, Size, Augmentation.None, new("RGB", 0, 1), seed: 1);
        await using IAsyncEnumerator<TrainingBatch> sequence = batches
            .From(0, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await sequence.MoveNextAsync();
        int wanted = Size * (1 + Math.Max(4, Environment.ProcessorCount));
        Assert.True(
            SpinWait.SpinUntil(() => counted.Taken >= wanted, TimeSpan.FromSeconds(30)),
            $"{counted.Taken} crops were taken, {wanted} expected"
        );
    }

    private static CropBatches Batches(Augmentation augmentation) => new(Crops, Size, augmentation, new("BGR", 127.5f, 1 / 128f), seed: 7);

    private static async Task<TrainingBatch[]> Take(CropBatches batches, long first, int count)
    {
        List<TrainingBatch> taken = [];
        await foreach (TrainingBatch batch in batches.From(first, TestContext.Current.CancellationToken))
        {
            taken.Add(batch);
            if (taken.Count == count)
                break;
        }
        return [.. taken];
    }

    /// <summary>Counts how often crops are taken.</summary>
    private sealed class CountedCrops(IReadOnlyList<byte[]> crops) : IReadOnlyList<byte[]>
    {
        private int _taken;

        public int Taken => Volatile.Read(ref _taken);

        public int Count => crops.Count;

        public byte[] this[int index]
        {
            get
            {
                Interlocked.Increment(ref _taken);
                return crops[index];
            }
        }

        public IEnumerator<byte[]> GetEnumerator() => crops.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
