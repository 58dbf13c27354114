using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Tests.Search.Kernels;

public class Int8KernelTests
{
    public static TheoryData<string> Kernels { get; } = ["portable", "avx2", "avx-vnni"];

    /// <summary>One of the kernels; skips the running test where the processor lacks its instructions.</summary>
    internal static Int8Kernel Kernel(string name)
    {
        Assert.SkipUnless(name != "avx2" || Avx2Int8Kernel.IsSupported, "this processor has no AVX2");
        Assert.SkipUnless(name != "avx-vnni" || AvxVnniInt8Kernel.IsSupported, "this processor has no AVX-VNNI");
        return name switch
        {
            "avx2" => new Avx2Int8Kernel(),
            "avx-vnni" => new AvxVnniInt8Kernel(),
            _ => new PortableInt8Kernel(),
        };
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Kernel_equals_the_plain_sum_for_random_bytes(string name)
    {
        Random random = new(11);
        foreach (int stride in (int[])[64, 128, 512])
        foreach (int queries in (int[])[1, 2, 4, 7])
            Check(Kernel(name), stride, queries, () => (byte)random.Next(256), levels => (sbyte)random.Next(-levels, levels + 1));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Kernel_does_not_overflow_at_the_extremes(string name)
    {
        Check(Kernel(name), 512, 4, () => 255, levels => (sbyte)levels);
        Check(Kernel(name), 512, 4, () => 255, levels => (sbyte)-levels);
        Check(Kernel(name), 512, 1, () => 255, levels => (sbyte)-levels);
    }

    private static unsafe void Check(Int8Kernel kernel, int stride, int queries, Func<byte> row, Func<int, sbyte> query)
    {
        int padded = (queries + Int8Kernel.QueryGroup - 1) / Int8Kernel.QueryGroup * Int8Kernel.QueryGroup;
        AlignedBuffer<byte> rows = new(Int8Kernel.BlockRows * stride);
        AlignedBuffer<sbyte> codes = new(padded * stride);
        AlignedBuffer<int> dots = new(padded * Int8Kernel.BlockRows);
        codes.Span.Clear();
        foreach (ref byte value in rows.Span)
            value = row();
        foreach (ref sbyte value in codes.Span[..(queries * stride)])
            value = query(kernel.QueryLevels);
        kernel.Multiply(rows.Pointer, codes.Pointer, queries, stride, dots.Pointer);
        for (int q = 0; q < queries; q++)
        {
            for (int r = 0; r < Int8Kernel.BlockRows; r++)
            {
                int expected = 0;
                for (int i = 0; i < stride; i++)
                    expected += rows.Span[r * stride + i] * codes.Span[q * stride + i];
                Assert.Equal(expected, dots.Span[q * Int8Kernel.BlockRows + r]);
            }
        }
    }
}
