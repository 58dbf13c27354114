namespace Semblance.Training.Identity;

/// <summary>Batches of what the frozen layers gave for varied crops.</summary>
/// <param name="views">Their results.</param>
/// <param name="size">Samples of a batch.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class ViewBatches(FrozenViews views, int size, int seed) : TrainingBatches(views.Count, size, seed)
{
    private protected override TrainingBatch Make(long step, int[] samples)
    {
        int each = views.Shape.Aggregate(1, (product, axis) => product * axis);
        float[] input = new float[samples.Length * each];
        for (int i = 0; i < samples.Length; i++)
            views.Read(samples[i], input.AsSpan(i * each, each));
        return new(
            step,
            input,
            [samples.Length, .. views.Shape.Select(axis => (long)axis)],
            [.. samples.Select(sample => sample / views.PerCrop)]
        );
    }
}
