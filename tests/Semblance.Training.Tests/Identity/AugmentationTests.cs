using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Identity;

public sealed class AugmentationTests
{
    private const int Seed = 11,
        Trials = 600;

    private static readonly byte[] Crop = new FaceCropper(CropSource.Aligned, null).Crop(TemporaryFolder.Picture(3, 1), "made up")!;

    [Fact]
    public void Crop_is_varied_alike_when_its_random_numbers_are_the_same()
    {
        foreach (Augmentation augmentation in Enum.GetValues<Augmentation>())
            for (int i = 0; i < 20; i++)
                Assert.Equal(Varied(augmentation, i), Varied(augmentation, i));
    }

    [Fact]
    public void Crop_stays_as_it_is_when_nothing_is_to_be_varied() => Assert.Equal(Crop, Varied(Augmentation.None, 0));

    [Fact]
    public void Crop_is_mirrored_half_of_the_time()
    {
        CropImage mirrored = CropImage.FromBytes(Crop);
        mirrored.Mirror();
        byte[] expected = mirrored.ToBytes();
        int count = 0;
        for (int i = 0; i < Trials; i++)
        {
            byte[] varied = Varied(Augmentation.Flip, i);
            if (varied.SequenceEqual(expected))
                count++;
            else
                Assert.Equal(Crop, varied);
        }
        Assert.InRange(count / (double)Trials, 0.44, 0.56);
    }

    /// <summary>Three changes with probability 0.2 each leave 0.8 cubed, 0.512, of all crops as they are or mirrored.</summary>
    [Fact]
    public void Crop_is_changed_as_often_as_AdaFace_changes_it()
    {
        CropImage mirrored = CropImage.FromBytes(Crop);
        mirrored.Mirror();
        byte[] other = mirrored.ToBytes();
        int untouched = Enumerable
            .Range(0, Trials)
            .Select(i => Varied(Augmentation.AdaFace, i))
            .Count(varied => varied.SequenceEqual(Crop) || varied.SequenceEqual(other));
        Assert.InRange(untouched / (double)Trials, 0.45, 0.575);
    }

    [Fact]
    public void Part_of_the_crop_is_blackened_in_a_fifth_of_AdaFaces_variations_and_never_in_the_degrading_ones()
    {
        static bool HasBlackBorder(byte[] crop) =>
            Enumerable.Range(0, 112).All(i => crop[3 * i] + crop[3 * i + 1] + crop[3 * i + 2] == 0)
            || Enumerable
                .Range(0, 112)
                .All(i => crop[3 * (111 * 112 + i)] + crop[3 * (111 * 112 + i) + 1] + crop[3 * (111 * 112 + i) + 2] == 0);
        int Count(Augmentation augmentation) => Enumerable.Range(0, Trials).Count(i => HasBlackBorder(Varied(augmentation, i)));
        Assert.InRange(Count(Augmentation.AdaFace) / (double)Trials, 0.13, 0.27);
        Assert.Equal(0, Count(Augmentation.Degrading));
    }

    private static byte[] Varied(Augmentation augmentation, int index)
    {
        CropImage image = CropImage.FromBytes(Crop);
        CropAugmentation.Apply(augmentation, image, StepRandom.For(Seed, index, RandomStream.Augmentation));
        return image.ToBytes();
    }
}
