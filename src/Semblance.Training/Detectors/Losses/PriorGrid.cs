namespace Semblance.Training.Detectors.Losses;

/// <summary>A prior: a square that a face is looked for in, in pixels.</summary>
/// <param name="X">Centre.</param>
/// <param name="Y">Centre.</param>
/// <param name="Side">Side.</param>
internal readonly record struct Prior(float X, float Y, float Side);

/// <summary>The priors of RetinaFace (biubug6's mobilenet0.25): two at every cell of the strides 8, 16 and 32; level by level, rows,
/// columns, sizes.</summary>
internal static class PriorGrid
{
    /// <summary>Variances of the encoding: centres and points, sizes (SSD, Liu et al. 2016, section 2.2).</summary>
    public const float CenterVariance = 0.1f,
        SizeVariance = 0.2f;

    private static readonly (int Stride, int[] Sides)[] Levels = [(8, [16, 32]), (16, [64, 128]), (32, [256, 512])];

    /// <summary>The priors of an input.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static Prior[] Of(int width, int height)
    {
        List<Prior> priors = [];
        foreach ((int stride, int[] sides) in Levels)
        {
            int columns = (width + stride - 1) / stride,
                rows = (height + stride - 1) / stride;
            for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
                priors.AddRange(sides.Select(side => new Prior((x + 0.5f) * stride, (y + 0.5f) * stride, side)));
        }
        return [.. priors];
    }
}
