using Semblance.Gallery.Search;

namespace Semblance.Gallery.Tests.Search;

public class RowQuantizerTests
{
    [Theory]
    [InlineData(512, 1f)]
    [InlineData(37, 1f)]
    [InlineData(512, 1e-20f)]
    [InlineData(512, 1e5f)]
    public void Error_and_norm_are_upper_bounds_and_close(int dimension, float magnitude)
    {
        float[] vectors = [.. RandomVectors.Uniform(50, dimension, 3).Select(x => x * magnitude)];
        byte[] codes = new byte[512];
        for (int i = 0; i < 50; i++)
        {
            ReadOnlySpan<float> vector = vectors.AsSpan(i * dimension, dimension);
            (float scale, float error) = RowQuantizer.Quantize(vector, codes, out float norm);
            double errors = 0,
                squares = 0;
            for (int j = 0; j < dimension; j++)
            {
                double restored = (double)scale * (codes[j] - RowQuantizer.Zero);
                errors += Math.Pow(vector[j] - restored, 2);
                squares += restored * restored;
            }
            Assert.InRange(error, Math.Sqrt(errors), Math.Sqrt(errors) * 1.001 + 1e-16);
            Assert.InRange(norm, Math.Sqrt(squares), Math.Sqrt(squares) * 1.001 + 1e-16);
        }
    }

    [Fact]
    public void Vector_of_zeros_has_next_to_no_error_and_padding_is_zero()
    {
        byte[] codes = new byte[64];
        (float scale, float error) = RowQuantizer.Quantize(new float[40], codes, out float norm);
        Assert.Equal(0, scale);
        Assert.InRange(error, 0, 1e-16f);
        Assert.InRange(norm, 0, 1e-16f);
        Assert.All(codes, code => Assert.Equal(RowQuantizer.Zero, code));
    }

    [Fact]
    public unsafe void Dot_equals_the_sum_over_restored_components()
    {
        float[] vectors = RandomVectors.Uniform(2, 128, 5);
        AlignedBuffer<byte> codes = new(128);
        AlignedBuffer<float> query = new(128);
        vectors.AsSpan(128).CopyTo(query.Span);
        (float scale, _) = RowQuantizer.Quantize(vectors.AsSpan(0, 128), codes.Span, out _);
        double expected = 0;
        for (int i = 0; i < 128; i++)
            expected += (double)scale * (codes.Span[i] - RowQuantizer.Zero) * query.Span[i];
        Assert.Equal(expected, RowQuantizer.Dot(codes.Pointer, scale, query.Pointer, 128), 6);
    }
}
