using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>
/// One bilinear warp from image pixels of any format to an RGB crop: pixel centres at whole numbers, inverse mapping, black outside, as
/// OpenCV's <c>warpAffine</c>, but with exact positions where that rounds to 1/32 pixel. Weights have 14 bits and sum to 1.
/// </summary>
internal static class BilinearWarp
{
    /// <summary>Warps, by the fastest way that the processor has; all ways give the same bytes.</summary>
    /// <param name="source">The image; not read outside its memory.</param>
    /// <param name="transform">From pixels of the image to pixels of the crop.</param>
    /// <param name="width">Columns of the crop.</param>
    /// <param name="height">Rows of the crop.</param>
    /// <param name="crop">At least width * height * 3 bytes: red, green, blue.</param>
    /// <exception cref="ArgumentException">The transform cannot be inverted, or the crop is too short.</exception>
    public static void Warp(in PixelView source, in SimilarityTransform transform, int width, int height, Span<byte> crop)
    {
        if (Avx2.IsSupported)
            WarpAvx2(source, transform, width, height, crop);
        else
            WarpPortable(source, transform, width, height, crop);
    }

    /// <summary>Pixel by pixel, on any processor.</summary>
    /// <inheritdoc cref="Warp"/>
    public static void WarpPortable(in PixelView source, in SimilarityTransform transform, int width, int height, Span<byte> crop)
    {
        WarpGrid grid = WarpGrid.Create(source, transform, width, height, crop.Length);
        PixelSampler sampler = new(source);
        for (int y = 0; y < height; y++)
        {
            (float startX, float startY) = grid.RowStart(y);
            SampleRow(grid, sampler, startX, startY, 0, width, crop.Slice(y * width * 3, width * 3));
        }
    }

    /// <summary>Eight positions at once; pixels whose neighbours are not all inside go the portable way.</summary>
    /// <inheritdoc cref="Warp"/>
    public static unsafe void WarpAvx2(in PixelView source, in SimilarityTransform transform, int width, int height, Span<byte> crop)
    {
        WarpGrid grid = WarpGrid.Create(source, transform, width, height, crop.Length);
        PixelSampler sampler = new(source);
        ReadOnlySpan<byte> pixels = source.Memory.Span;
        fixed (byte* memory = pixels)
        fixed (byte* target = crop)
        {
            WarpBlock block = new(source, memory, pixels.Length);
            for (int y = 0; y < height; y++)
            {
                (float startX, float startY) = grid.RowStart(y);
                byte* row = target + y * width * 3;
                int x = 0;
                for (; x + WarpBlock.Pixels <= width; x += WarpBlock.Pixels)
                {
                    Vector256<float> column = Vector256.Create((float)x) + Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7);
                    Vector256<float> px = column * grid.StepX + Vector256.Create(startX),
                        py = column * grid.StepY + Vector256.Create(startY);
                    if (!block.TryWrite(px, py, row + x * 3))
                        SampleRow(grid, sampler, startX, startY, x, x + WarpBlock.Pixels, crop.Slice(y * width * 3, width * 3));
                }
                SampleRow(grid, sampler, startX, startY, x, width, crop.Slice(y * width * 3, width * 3));
            }
        }
    }

    private static void SampleRow(in WarpGrid grid, in PixelSampler sampler, float startX, float startY, int from, int to, Span<byte> row)
    {
        for (int x = from; x < to; x++)
            sampler.Sample(x * grid.StepX + startX, x * grid.StepY + startY, row.Slice(x * 3, 3));
    }
}
