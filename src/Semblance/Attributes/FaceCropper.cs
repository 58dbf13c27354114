using System.Numerics;
using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Cuts faces as an attribute network was trained on them: landmarks on the points that its manifest gives.</summary>
internal sealed class FaceCropper
{
    private const double PlainShrink = 3;

    private readonly Vector2[] _template;
    private readonly int _side;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="input">The manifest's input, with template points.</param>
    /// <exception cref="ModelException">The input is not square or has no five points.</exception>
    public FaceCropper(string model, ModelInput input)
    {
        if (input.Width <= 0 || input.Width != input.Height)
            throw new ModelException(model, $"crops are square, its manifest says {input.Width} x {input.Height}");
        if (input.TemplatePoints is not { Count: FaceLandmarks.Count } points || points.Any(point => point.Count != 2))
            throw new ModelException(model, "its manifest must give five template points as [x, y]");
        (_side, _template) = (input.Width, [.. points.Select(point => new Vector2(point[0], point[1]))]);
    }

    /// <summary>Cuts a face out of its picture; black outside.</summary>
    public AttributeCrop Cut(FaceImage image, DetectedFace face)
    {
        Vector2[] points = face.Landmarks.ToArray(),
            template = _template;
        if (face.LandmarksSource == LandmarksSource.EstimatedMouth)
        {
            // Only the middle of the mouth was seen; its corners are guesses.
            points = [points[0], points[1], points[2], (points[3] + points[4]) / 2];
            template = [template[0], template[1], template[2], (template[3] + template[4]) / 2];
        }
        SimilarityTransform transform = SimilarityEstimator.Estimate(points, template);
        return Warp(image, transform, _side / transform.Scale);
    }

    /// <summary>Takes a whole picture as the crop, its middle square where it is not square.</summary>
    public AttributeCrop Whole(FaceImage crop)
    {
        int shorter = Math.Min(crop.Width, crop.Height);
        if (shorter < _side)
            return Enlarge(crop, shorter);
        double scale = (double)_side / shorter;
        double left = (crop.Width - shorter) / 2.0,
            top = (crop.Height - shorter) / 2.0;
        return Warp(crop, new(scale, 0, 0.5 * scale - 0.5 - left * scale, 0.5 * scale - 0.5 - top * scale), shorter);
    }

    /// <summary>Frames a crop whose landmarks nobody found for an embedder, as in training: framed as UTKFace's it lies as an aligned one
    /// does when it stands at the middle of the lower edge; its border is repeated above and beside.</summary>
    public AlignedFace Frame(AttributeCrop crop)
    {
        int side = Math.Max(_side, ArcFaceTemplate.Size),
            above = side - _side,
            beside = above / 2;
        byte[] pixels = new byte[side * side * 3];
        for (int y = 0; y < side; y++)
        {
            ReadOnlySpan<byte> row = crop.Pixels.Row(Math.Max(0, y - above));
            for (int x = 0; x < side; x++)
                row.Slice(3 * Math.Clamp(x - beside, 0, _side - 1), 3).CopyTo(pixels.AsSpan((y * side + x) * 3));
        }
        DetectedFace whole = new(new(beside, above, _side, _side), 1, default);
        return new(new(pixels, side, side, side * 3, PixelFormat.Rgb24), new(1, 0, beside, above), whole);
    }

    /// <summary>As in training, the border is repeated; nothing is known of what lies outside a whole picture, which is not
    /// black.</summary>
    private AttributeCrop Enlarge(FaceImage crop, int shorter)
    {
        int area = _side * _side;
        float[] planes = new float[3 * area];
        BilinearResampler.Resize(
            crop.FullResolution,
            (crop.Width - shorter) / 2,
            (crop.Height - shorter) / 2,
            shorter,
            shorter,
            _side,
            _side,
            TensorLayout.Plain,
            planes
        );
        byte[] pixels = new byte[3 * area];
        for (int i = 0; i < area; i++)
        for (int c = 0; c < 3; c++)
            pixels[3 * i + c] = (byte)MathF.Round(planes[c * area + i]);
        return new(new(pixels, _side, _side, _side * 3, PixelFormat.Rgb24), shorter);
    }

    private AttributeCrop Warp(FaceImage image, in SimilarityTransform transform, double side)
    {
        byte[] pixels = new byte[_side * _side * 3];
        // Up to three pixels for one are skipped in training too, whose crops are small; larger faces are averaged down first.
        if (1 / transform.Scale < PlainShrink)
            BilinearWarp.Warp(image.FullResolution, transform, _side, _side, pixels);
        else
            AreaPrefilter.Warp(image.FullResolution, transform, _side, pixels);
        return new(new(pixels, _side, _side, _side * 3, PixelFormat.Rgb24), side);
    }
}
