using System.Runtime.Intrinsics;
using Semblance.Imaging;

namespace Semblance.Detection.Mtcnn;

/// <summary>A picture that can be read at any scale.</summary>
/// <param name="pixels">The picture.</param>
internal sealed class ScaleSpace(PixelView pixels)
{
    public int Width => pixels.Width;

    public int Height => pixels.Height;

    /// <summary>The whole picture at a scale, with a border.</summary>
    /// <param name="scale">Level pixels per picture pixel.</param>
    /// <param name="border">Pixels of the level added on every side.</param>
    public PyramidLevel Level(double scale, double border) => new(pixels, scale, (int)Math.Ceiling(border / scale));

    /// <summary>A crop of the picture, resized to a square.</summary>
    public void ReadCrop(CropWindow window, int side, in TensorLayout layout, Span<float> destination) =>
        AreaResampler.Resize(pixels, window.Left, window.Top, window.Width, window.Height, side, side, layout, destination);
}

/// <summary>One level of the pyramid.</summary>
/// <param name="Pixels">The picture.</param>
/// <param name="Scale">Level pixels per picture pixel.</param>
/// <param name="Border">Pixels of the picture added on every side.</param>
internal readonly record struct PyramidLevel(PixelView Pixels, double Scale, int Border)
{
    /// <summary>Columns of the level, as the official code rounds them.</summary>
    public int Width => (int)((Pixels.Width + 2 * Border) * Scale + 1);

    /// <summary>Rows of the level.</summary>
    public int Height => (int)((Pixels.Height + 2 * Border) * Scale + 1);

    /// <summary>Reads rows of the level as planes of the network's input.</summary>
    public void Read(int top, int rows, in TensorLayout layout, Span<float> destination) =>
        AreaResampler.ResizeRows(
            Pixels,
            -Border,
            -Border,
            Pixels.Width + 2 * Border,
            Pixels.Height + 2 * Border,
            Width,
            Height,
            top,
            rows,
            layout,
            destination
        );

    /// <summary>P-Net's window at a position of the level, in whole pixels of the picture (float32, as the official code computes
    /// it).</summary>
    public Vector128<float> WindowAt(int x, int y) =>
        Vector128.Floor(Vector128.Create(x + 1f, y + 1, x + ImagePyramid.Window, y + ImagePyramid.Window) / (float)Scale)
        - Vector128.Create((float)Border);
}
