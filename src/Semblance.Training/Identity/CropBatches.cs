using Semblance.Training.Trainer;

namespace Semblance.Training.Identity;

/// <summary>Batches of crops, varied anew every time. A sample's augmentation depends on the seed and its place in the run alone.</summary>
/// <param name="crops">Crops of 112 x 112 x 3 bytes.</param>
/// <param name="size">Samples of a batch.</param>
/// <param name="augmentation">How they are varied.</param>
/// <param name="layout">The network's input.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class CropBatches(IReadOnlyList<byte[]> crops, int size, Augmentation augmentation, InputLayout layout, int seed)
    : TrainingBatches(crops.Count, size, seed)
{
    private protected override TrainingBatch Make(long step, int[] samples)
    {
        const int Values = 3 * CropImage.Plane;
        float[] input = new float[samples.Length * Values];
        for (int i = 0; i < samples.Length; i++)
        {
            CropImage image = CropImage.FromBytes(crops[samples[i]]);
            CropAugmentation.Apply(augmentation, image, StepRandom.For(Seed, step * samples.Length + i, RandomStream.Augmentation));
            layout.Write(image, input.AsSpan(i * Values, Values));
        }
        return new(step, input, [samples.Length, 3, CropImage.Side, CropImage.Side], samples);
    }
}
