using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Tests.Search.Kernels;

public class FloatKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public unsafe void Block_gives_the_very_bits_of_single_products(int queries)
    {
        const int Stride = 128;
        float[] values = RandomVectors.Uniform(FloatKernel.BlockRows + 8, Stride, 17);
        AlignedBuffer<float> rows = new(FloatKernel.BlockRows * Stride),
            probes = new(8 * Stride),
            dots = new(8 * FloatKernel.BlockRows);
        values.AsSpan(0, rows.Length).CopyTo(rows.Span);
        values.AsSpan(rows.Length, probes.Length).CopyTo(probes.Span);
        FloatKernel.Multiply(rows.Pointer, probes.Pointer, queries, Stride, dots.Pointer);
        for (int q = 0; q < queries; q++)
        {
            for (int r = 0; r < FloatKernel.BlockRows; r++)
            {
                float one = FloatKernel.Dot(rows.Pointer + r * Stride, probes.Pointer + q * Stride, Stride);
                double expected = 0;
                for (int i = 0; i < Stride; i++)
                    expected += (double)rows.Span[r * Stride + i] * probes.Span[q * Stride + i];
                Assert.Equal(one, dots.Span[q * FloatKernel.BlockRows + r]);
                Assert.Equal(expected, one, 1e-6);
            }
        }
    }
}
