namespace Semblance.Training.Identity;

/// <summary>How training crops are varied.</summary>
internal enum Augmentation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Mirrored half of the time (arcface_torch).</summary>
    Flip,

    /// <summary>Mirrored; cropped, coarsened and photometrically changed with probability 0.2 each (AdaFace).</summary>
    AdaFace,

    /// <summary>Mirrored, seven of ten made small, blurred or strongly compressed, photometrically changed with probability 0.2: the whole
    /// face stays.</summary>
    Degrading,
}

/// <summary>Varies crops. What happens to a crop depends on the random numbers it is given alone.</summary>
internal static class CropAugmentation
{
    private const double Rare = 0.2,
        DegradingRate = 0.7;

    /// <summary>Applies an augmentation.</summary>
    /// <param name="augmentation">Which one.</param>
    /// <param name="image">Is changed.</param>
    /// <param name="random">Where the numbers come from.</param>
    public static void Apply(Augmentation augmentation, CropImage image, Random random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (augmentation == Augmentation.None)
            return;
        if (random.NextDouble() < 0.5)
            image.Mirror();
        if (augmentation == Augmentation.Flip)
            return;
        if (augmentation == Augmentation.AdaFace && random.NextDouble() < Rare)
            KeepPart(image, random);
        if (augmentation == Augmentation.AdaFace && random.NextDouble() < Rare)
            LowerResolution(image, random);
        if (random.NextDouble() < Rare)
            PhotometricChange.Apply(image, random);
        if (augmentation == Augmentation.Degrading && random.NextDouble() < DegradingRate)
            Degradation.Random(random).Apply(image);
    }

    /// <summary>Everything outside a random rectangle becomes black: RandomResizedCrop's parameters (scale 0.2 to 1, ratio 3/4 to 4/3),
    /// without the resize.</summary>
    private static void KeepPart(CropImage image, Random random)
    {
        const int Side = CropImage.Side,
            Tries = 10;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double area = (0.2 + 0.8 * random.NextDouble()) * Side * Side;
            double ratio = Math.Exp(Math.Log(3.0 / 4) + random.NextDouble() * (Math.Log(4.0 / 3) - Math.Log(3.0 / 4)));
            int width = (int)Math.Round(Math.Sqrt(area * ratio)),
                height = (int)Math.Round(Math.Sqrt(area / ratio));
            if (width is <= 0 or > Side || height is <= 0 or > Side)
                continue;
            int top = random.Next(Side - height + 1),
                left = random.Next(Side - width + 1);
            for (int i = 0; i < image.Planes.Length; i++)
            {
                int x = i % Side,
                    y = i % CropImage.Plane / Side;
                if (x < left || x >= left + width || y < top || y >= top + height)
                    image.Planes[i] = 0;
            }
            return;
        }
    }

    private static void LowerResolution(CropImage image, Random random)
    {
        int side = (int)((0.2 + 0.8 * random.NextDouble()) * CropImage.Side);
        image.Coarsen(side, (Resampling)random.Next(5), (Resampling)random.Next(5));
    }
}
