using SkiaSharp;

namespace Semblance.Training.Detectors.Pictures;

/// <summary>Random changes of colours, each with the probability of a half (SSD's distortion, Liu et al. 2016, after Howard 2013):
/// brightness by up to 32, contrast and saturation by factors of 0.5 to 1.5, hue by up to 36 degrees; now and then grey or dark.</summary>
internal static class ColourChange
{
    private const float Brightness = 32 / 255f,
        Hue = MathF.PI / 5;
    private const double Half = 0.5,
        GreyShare = 0.08,
        DarkShare = 0.06;

    /// <summary>Weights of red, green and blue in the brightness (ITU-R BT.601).</summary>
    private const float Red = 0.299f,
        Green = 0.587f,
        Blue = 0.114f;

    /// <summary>Draws one.</summary>
    public static SKColorFilter Random(Random random)
    {
        float[] matrix = [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0];
        if (random.NextDouble() < Half)
            Scale(matrix, Between(random, 0.5f, 1.5f));
        if (random.NextDouble() < DarkShare)
            Scale(matrix, Between(random, 0.15f, 0.5f));
        if (random.NextDouble() < Half)
            Shift(matrix, Between(random, -Brightness, Brightness));
        float saturation =
            random.NextDouble() < GreyShare ? 0
            : random.NextDouble() < Half ? Between(random, 0.5f, 1.5f)
            : 1;
        if (saturation != 1)
            matrix = Then(matrix, Saturation(saturation));
        if (random.NextDouble() < Half)
            matrix = Then(matrix, Turn(Between(random, -Hue, Hue)));
        return SKColorFilter.CreateColorMatrix(matrix);
    }

    private static float Between(Random random, float low, float high) => low + (high - low) * (float)random.NextDouble();

    private static void Scale(float[] matrix, float factor)
    {
        for (int row = 0; row < 3; row++)
        for (int column = 0; column < 5; column++)
            matrix[row * 5 + column] *= factor;
    }

    private static void Shift(float[] matrix, float amount)
    {
        for (int row = 0; row < 3; row++)
            matrix[row * 5 + 4] += amount;
    }

    private static float[] Saturation(float amount)
    {
        float rest = 1 - amount;
        return
        [
            rest * Red + amount,
            rest * Green,
            rest * Blue,
            rest * Red,
            rest * Green + amount,
            rest * Blue,
            rest * Red,
            rest * Green,
            rest * Blue + amount,
        ];
    }

    /// <summary>A turn around the grey axis (Rodrigues' formula).</summary>
    private static float[] Turn(float angle)
    {
        (float sine, float cosine) = MathF.SinCos(angle);
        float third = (1 - cosine) / 3,
            part = sine / MathF.Sqrt(3);
        return
        [
            cosine + third,
            third - part,
            third + part,
            third + part,
            cosine + third,
            third - part,
            third - part,
            third + part,
            cosine + third,
        ];
    }

    private static float[] Then(float[] first, float[] second)
    {
        float[] product = [.. first];
        for (int row = 0; row < 3; row++)
        for (int column = 0; column < 5; column++)
        {
            float sum = 0;
            for (int k = 0; k < 3; k++)
                sum += second[row * 3 + k] * first[k * 5 + column];
            product[row * 5 + column] = sum;
        }
        return product;
    }
}
