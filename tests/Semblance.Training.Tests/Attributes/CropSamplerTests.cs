using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Tests.Attributes;

public sealed class CropSamplerTests
{
    private const int Side = 24;

    [Fact]
    public void A_crop_of_the_inputs_size_is_taken_over_in_blue_green_red()
    {
        FaceCrop crop = Random(seed: 3);
        float[] planes = new float[3 * Side * Side];
        CropSampler.Plain(crop, Side, planes);
        for (int i = 0; i < Side * Side; i++)
        for (int c = 0; c < 3; c++)
            Assert.Equal((crop.Pixels[3 * i + c] - 127.5f) / 128, planes[(2 - c) * Side * Side + i], 2e-2);
    }

    [Fact]
    public void Mirroring_twice_gives_the_crop_back_and_once_does_not()
    {
        FaceCrop crop = Random(seed: 4),
            mirrored = CropSampler.Mirrored(crop);
        Assert.NotEqual(crop.Pixels, mirrored.Pixels);
        Assert.Equal(crop.Pixels, CropSampler.Mirrored(mirrored).Pixels);
        Assert.Equal(crop.Pixels[..3], mirrored.Pixels[(3 * (Side - 1))..(3 * Side)]);
    }

    [Fact]
    public void Variation_depends_on_the_seed_alone_and_stays_in_range()
    {
        float[] first = Varied(7),
            again = Varied(7),
            other = Varied(8);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.All(first, value => Assert.InRange(value, -1, 1));
    }

    [Fact]
    public void A_grey_crop_stays_grey_however_it_is_varied()
    {
        FaceCrop grey = new([.. Random(seed: 5).Pixels.Take(Side * Side)], Side, 1);
        float[] planes = new float[3 * Side * Side];
        CropSampler.Varied(grey, Side, new() { Erase = 0, Noise = 1 }, new Random(1), planes);
        Assert.Equal(planes[..(Side * Side)], planes[(Side * Side)..(2 * Side * Side)]);
        Assert.Equal(planes[..(Side * Side)], planes[(2 * Side * Side)..]);
    }

    private static float[] Varied(int seed)
    {
        float[] planes = new float[3 * Side * Side];
        CropSampler.Varied(Random(seed: 6), Side, new(), new Random(seed), planes);
        return planes;
    }

    private static FaceCrop Random(int seed)
    {
        byte[] pixels = new byte[Side * Side * 3];
        new Random(seed).NextBytes(pixels);
        return new(pixels, Side, 3);
    }
}
