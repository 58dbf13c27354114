using Semblance.Training.Identity;

namespace Semblance.Training.Tests.Identity;

public sealed class DegradationTests
{
    [Fact]
    public void Crop_is_constant_in_every_cell_when_it_is_made_smaller_by_area_and_enlarged_by_nearest()
    {
        CropImage image = Noise(1);
        double mean = image.Planes.Take(CropImage.Plane).Average();
        new SmallSize(28, Resampling.Area, Resampling.Nearest).Apply(image);
        for (int y = 0; y < CropImage.Side; y++)
        for (int x = 0; x < CropImage.Side; x++)
            Assert.Equal(image.Planes[y / 4 * 4 * CropImage.Side + x / 4 * 4], image.Planes[y * CropImage.Side + x]);
        Assert.Equal(mean, image.Planes.Take(CropImage.Plane).Average(), 0.1);
    }

    [Fact]
    public void Cell_is_the_mean_of_the_pixels_it_covers_when_a_crop_is_made_smaller_by_area()
    {
        CropImage image = Noise(2);
        float[] before = [.. image.Planes];
        new SmallSize(28, Resampling.Area, Resampling.Nearest).Apply(image);
        double expected = (
            from y in Enumerable.Range(40, 4)
            from x in Enumerable.Range(60, 4)
            select (double)before[y * CropImage.Side + x]
        ).Average();
        Assert.Equal(expected, image.Planes[41 * CropImage.Side + 62], 0.51);
    }

    [Fact]
    public void Deviation_of_noise_falls_as_the_Gaussian_says_when_it_is_blurred()
    {
        CropImage image = Noise(3);
        double before = Deviation(image);
        new GaussianBlur(2).Apply(image);
        // White noise through a Gaussian of deviation s keeps 1 / (2 s sqrt(pi)) of its deviation in two dimensions.
        Assert.Equal(before / (2 * 2 * Math.Sqrt(Math.PI)), Deviation(image), before * 0.02);
    }

    [Fact]
    public void Crop_stays_near_what_it_was_when_it_is_compressed_and_nearer_at_higher_quality()
    {
        CropImage Smooth() =>
            CropImage.FromBytes([
                .. Enumerable.Range(0, 3 * CropImage.Plane).Select(i => (byte)(i / 3 % CropImage.Side + i / 3 / CropImage.Side)),
            ]);
        double Error(int quality)
        {
            CropImage image = Smooth();
            new JpegCompression(quality).Apply(image);
            return image.Planes.Zip(Smooth().Planes, (a, b) => Math.Abs(a - b)).Average();
        }
        Assert.InRange(Error(20), 0.01, 6);
        Assert.True(Error(90) < Error(20));
    }

    [Theory]
    [InlineData("size:24")]
    [InlineData("blur:1.5")]
    [InlineData("jpeg:20")]
    public void Degradation_changes_a_crop_when_it_is_named(string name)
    {
        CropImage image = Noise(4);
        float[] before = [.. image.Planes];
        Degradation.Parse(name).Apply(image);
        Assert.True(image.Planes.Zip(before, (a, b) => Math.Abs(a - b)).Average() > 1);
    }

    [Theory]
    [InlineData("size:0")]
    [InlineData("size:24.5")]
    [InlineData("jpeg:101")]
    [InlineData("fog:3")]
    [InlineData("blur")]
    public void Degradation_is_refused_with_those_that_are_known_when_it_is_none(string name) =>
        Assert.Contains("size:24", Assert.Throws<TrainingException>(() => Degradation.Parse(name)).Message);

    [Fact]
    public void Augmentation_is_the_same_when_its_random_numbers_are_and_another_with_others()
    {
        byte[] Vary(int seed)
        {
            CropImage image = Noise(5);
            CropAugmentation.Apply(Augmentation.Degrading, image, new(seed));
            return image.ToBytes();
        }
        Assert.Equal(Vary(7), Vary(7));
        Assert.NotEqual(Vary(7), Vary(8));
    }

    private static CropImage Noise(int seed)
    {
        byte[] bytes = new byte[3 * CropImage.Plane];
        new Random(seed).NextBytes(bytes);
        return CropImage.FromBytes(bytes);
    }

    private static double Deviation(CropImage image)
    {
        double[] inner =
        [
            .. from y in Enumerable.Range(16, 80) from x in Enumerable.Range(16, 80) select (double)image.Planes[y * CropImage.Side + x],
        ];
        double mean = inner.Average();
        return Math.Sqrt(inner.Average(value => (value - mean) * (value - mean)));
    }
}
