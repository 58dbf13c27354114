using SkiaSharp;

namespace Semblance.Training.Attributes.Data;

/// <summary>Turns image files and contact sheets into crops.</summary>
internal static class CropDecoder
{
    /// <summary>Decodes a square colour picture and brings it to a side by averaging areas.</summary>
    /// <param name="bytes">JPEG or PNG.</param>
    /// <param name="name">For messages.</param>
    /// <param name="side">Side of the result; 0 keeps the picture's own.</param>
    /// <exception cref="TrainingException">The picture cannot be decoded or is not square.</exception>
    public static FaceCrop Colour(byte[] bytes, string name, int side = 0)
    {
        using SKBitmap bitmap = Decode(bytes, name, SKColorType.Rgba8888);
        if (bitmap.Width != bitmap.Height)
            throw new TrainingException($"{name}: a square face crop is needed, not {bitmap.Width} x {bitmap.Height}");
        return Cut(bitmap, 0, 0, bitmap.Width, side == 0 ? bitmap.Width : side);
    }

    /// <summary>Decodes a sheet of colour cells.</summary>
    /// <inheritdoc cref="Colour"/>
    /// <param name="cell">Side of a cell.</param>
    /// <param name="count">Cells wanted, row by row.</param>
    public static FaceCrop[] ColourSheet(byte[] bytes, string name, int cell, int count, int side)
    {
        using SKBitmap bitmap = Decode(bytes, name, SKColorType.Rgba8888);
        int columns = Columns(bitmap, name, cell, count);
        FaceCrop[] crops = new FaceCrop[count];
        for (int i = 0; i < count; i++)
            crops[i] = Cut(bitmap, i % columns * cell, i / columns * cell, cell, side);
        return crops;
    }

    /// <summary>Decodes a sheet of grey cells, kept at their size.</summary>
    /// <inheritdoc cref="ColourSheet"/>
    public static FaceCrop[] GreySheet(byte[] bytes, string name, int cell, int count)
    {
        using SKBitmap bitmap = Decode(bytes, name, SKColorType.Gray8);
        int columns = Columns(bitmap, name, cell, count);
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        FaceCrop[] crops = new FaceCrop[count];
        for (int i = 0; i < count; i++)
        {
            byte[] crop = new byte[cell * cell];
            for (int y = 0; y < cell; y++)
                pixels.Slice((i / columns * cell + y) * bitmap.RowBytes + i % columns * cell, cell).CopyTo(crop.AsSpan(y * cell));
            crops[i] = new(crop, cell, 1);
        }
        return crops;
    }

    private static SKBitmap Decode(byte[] bytes, string name, SKColorType type)
    {
        using SKCodec? codec = SKCodec.Create(new SKMemoryStream(bytes));
        if (codec is null)
            throw new TrainingException($"{name}: no image that can be read");
        SKAlphaType alpha =
            codec.Info.AlphaType == SKAlphaType.Opaque || type == SKColorType.Gray8 ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        SKBitmap bitmap = new(new SKImageInfo(codec.Info.Width, codec.Info.Height, type, alpha));
        SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        throw new TrainingException(
            result == SKCodecResult.InvalidConversion ? $"{name}: not a grey picture" : $"{name}: broken image ({result})"
        );
    }

    private static int Columns(SKBitmap sheet, string name, int cell, int count) =>
        sheet.Width >= cell && sheet.Width / cell * (sheet.Height / cell) >= count
            ? sheet.Width / cell
            : throw new TrainingException($"{name}: {sheet.Width} x {sheet.Height} pixels cannot hold {count} cells of {cell}");

    private static FaceCrop Cut(SKBitmap bitmap, int left, int top, int from, int side)
    {
        ReadOnlySpan<byte> pixels = bitmap.GetPixelSpan();
        byte[] crop = new byte[side * side * 3];
        for (int y = 0; y < side; y++)
        {
            (int firstRow, int endRow) = Window(y, from, side);
            for (int x = 0; x < side; x++)
            {
                (int firstColumn, int endColumn) = Window(x, from, side);
                int area = (endRow - firstRow) * (endColumn - firstColumn),
                    red = 0,
                    green = 0,
                    blue = 0;
                for (int v = firstRow; v < endRow; v++)
                {
                    int at = (top + v) * bitmap.RowBytes + (left + firstColumn) * 4;
                    for (int u = firstColumn; u < endColumn; u++, at += 4)
                    {
                        red += pixels[at];
                        green += pixels[at + 1];
                        blue += pixels[at + 2];
                    }
                }
                int to = (y * side + x) * 3;
                crop[to] = (byte)((red + area / 2) / area);
                crop[to + 1] = (byte)((green + area / 2) / area);
                crop[to + 2] = (byte)((blue + area / 2) / area);
            }
        }
        return new(crop, side, 3);
    }

    /// <summary>The window of adaptive average pooling.</summary>
    private static (int First, int End) Window(int cell, int from, int to) => (cell * from / to, ((cell + 1) * from + to - 1) / to);
}
