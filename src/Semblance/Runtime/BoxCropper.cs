using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>Cuts a face's box out of its picture as a network was trained to see it, straight into the network's input.</summary>
internal sealed class BoxCropper
{
    private readonly ModelCrop _crop;
    private readonly TensorLayout _layout;
    private readonly int _width,
        _height;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="input">The manifest's input, with a crop.</param>
    /// <exception cref="ModelException">No crop, one of an unknown kind, or no size.</exception>
    public BoxCropper(string model, ModelInput input)
    {
        if (input.Crop is not { Kind: ModelCrop.Square or ModelCrop.Stretched or ModelCrop.Shifted, Scale: > 0 } crop)
            throw new ModelException(
                model,
                $"its manifest must say how the box is cut: {ModelCrop.Square}, {ModelCrop.Stretched} or {ModelCrop.Shifted}, and a scale"
            );
        if (input.Width <= 0 || input.Height <= 0)
            throw new ModelException(model, "its manifest must give the size of the crop");
        (_crop, _layout, _width, _height) = (crop, ManifestLayout.Of(model, input), input.Width, input.Height);
    }

    /// <summary>Values of one crop: three planes.</summary>
    public int Length => 3 * _width * _height;

    /// <summary>Writes the planes of one face.</summary>
    public void Cut(FaceImage image, in FaceBox box, Span<float> planes)
    {
        (int left, int top, int width, int height) = RegionOf(box, image.Width, image.Height);
        if (width >= _width && height >= _height)
            AreaResampler.Resize(image.FullResolution, left, top, width, height, _width, _height, _layout, planes);
        else
            BilinearResampler.Resize(image.FullResolution, left, top, width, height, _width, _height, _layout, planes);
    }

    /// <summary>The rectangle of whole pixels that is cut.</summary>
    public (int Left, int Top, int Width, int Height) RegionOf(in FaceBox box, int imageWidth, int imageHeight)
    {
        (float centerX, float centerY) = (box.Center.X, box.Center.Y);
        (float width, float height) = (box.Width * _crop.Scale, box.Height * _crop.Scale);
        switch (_crop.Kind)
        {
            case ModelCrop.Square:
                width = height = MathF.Max(width, height);
                return Whole(centerX - width / 2, centerY - height / 2, centerX + width / 2, centerY + height / 2);
            case ModelCrop.Stretched:
                return Whole(
                    MathF.Max(0, centerX - width / 2),
                    MathF.Max(0, centerY - height / 2),
                    MathF.Min(imageWidth, centerX + width / 2),
                    MathF.Min(imageHeight, centerY + height / 2)
                );
            default:
                float shrink = MathF.Min(1, MathF.Min(imageWidth / width, imageHeight / height));
                (width, height) = (width * shrink, height * shrink);
                float left = Math.Clamp(centerX - width / 2, 0, imageWidth - width),
                    top = Math.Clamp(centerY - height / 2, 0, imageHeight - height);
                return Whole(left, top, left + width, top + height);
        }
    }

    private static (int Left, int Top, int Width, int Height) Whole(float left, float top, float right, float bottom)
    {
        int x = (int)MathF.Round(left),
            y = (int)MathF.Round(top);
        return (x, y, Math.Max(1, (int)MathF.Round(right) - x), Math.Max(1, (int)MathF.Round(bottom) - y));
    }
}
