namespace Semblance.Training.Identity;

/// <summary>Brightness, contrast and saturation, each times a factor of 0.5 to 1.5, in random order: torchvision's ColorJitter(0.5, 0.5,
/// 0.5, 0), as AdaFace uses it.</summary>
internal static class PhotometricChange
{
    private const double Strength = 0.5;

    public static void Apply(CropImage image, Random random)
    {
        Action<CropImage, float>[] changes = [Brighten, Contrast, Saturate];
        random.Shuffle(changes);
        foreach (Action<CropImage, float> change in changes)
            change(image, (float)(1 - Strength + 2 * Strength * random.NextDouble()));
        for (int i = 0; i < image.Planes.Length; i++)
            image.Planes[i] = Math.Clamp(image.Planes[i], 0, 255);
    }

    private static void Brighten(CropImage image, float factor) => Blend(image, factor, _ => 0);

    private static void Contrast(CropImage image, float factor)
    {
        double sum = 0;
        for (int i = 0; i < CropImage.Plane; i++)
            sum += Gray(image, i);
        float mean = (float)(sum / CropImage.Plane);
        Blend(image, factor, _ => mean);
    }

    private static void Saturate(CropImage image, float factor)
    {
        float[] gray = new float[CropImage.Plane];
        for (int i = 0; i < gray.Length; i++)
            gray[i] = Gray(image, i);
        Blend(image, factor, i => gray[i]);
    }

    private static void Blend(CropImage image, float factor, Func<int, float> with)
    {
        for (int i = 0; i < image.Planes.Length; i++)
            image.Planes[i] = Math.Clamp(factor * image.Planes[i] + (1 - factor) * with(i % CropImage.Plane), 0, 255);
    }

    /// <summary>Luma of ITU-R BT.601, as torchvision and Pillow have it.</summary>
    private static float Gray(CropImage image, int i) =>
        0.299f * image.Planes[i] + 0.587f * image.Planes[CropImage.Plane + i] + 0.114f * image.Planes[2 * CropImage.Plane + i];
}
