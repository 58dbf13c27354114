namespace Semblance.Detection.Mtcnn;

/// <summary>The scales at which P-Net looks at a picture; its window of 12 pixels then covers faces of every size.</summary>
internal static class ImagePyramid
{
    /// <summary>Side of P-Net's window in pixels.</summary>
    public const int Window = 12;

    /// <summary>The scales, largest first.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="minFaceSize">Smallest face in pixels of the picture.</param>
    /// <param name="factor">Ratio of neighbouring levels.</param>
    /// <param name="smallestSide">The shorter side of a level must be at least this.</param>
    public static List<double> Scales(int width, int height, double minFaceSize, double factor, double smallestSide)
    {
        List<double> scales = [];
        double scale = Window / minFaceSize;
        double side = Math.Min(width, height) * scale;
        for (; side >= smallestSide; side *= factor, scale *= factor)
            scales.Add(scale);
        return scales;
    }
}
