using System.Runtime.Intrinsics;

namespace Semblance.Detection.Mtcnn;

/// <summary>The whole pixels under a candidate: what R-Net and O-Net get to see.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns; not positive when nothing of the candidate lies inside the picture.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct CropWindow(int Left, int Top, int Width, int Height)
{
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The window of a box. Boxes are 1-based and inclusive, a heritage of the Matlab original.</summary>
    public static CropWindow Of(Vector128<float> box, int imageWidth, int imageHeight, BorderHandling border)
    {
        if (border == BorderHandling.Pad)
        {
            int left = (int)MathF.Floor(box[0]) - 1,
                top = (int)MathF.Floor(box[1]) - 1;
            return new(left, top, (int)MathF.Floor(box[2]) - left, (int)MathF.Floor(box[3]) - top);
        }
        int x = Math.Max(1, (int)box[0]),
            y = Math.Max(1, (int)box[1]);
        int right = Math.Min(imageWidth, (int)box[2]),
            bottom = Math.Min(imageHeight, (int)box[3]);
        return new(x - 1, y - 1, right - x + 1, bottom - y + 1);
    }
}
