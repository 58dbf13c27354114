using System.Runtime.InteropServices;
using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests.Checkpoints;

public sealed class CheckpointTests
{
    public static TheoryData<string> Formats => ["zip", "legacy", "safetensors"];

    public static TheoryData<string, byte[]> ElementTypes =>
        new()
        {
            { "DoubleStorage", Bytes<double>(1.5, -2, 100) },
            { "FloatStorage", Bytes<float>(1.5f, -2, 100) },
            { "HalfStorage", Bytes<Half>((Half)1.5f, (Half)(-2), (Half)100) },
            { "BFloat16Storage", [0xc0, 0x3f, 0x00, 0xc0, 0xc8, 0x42] },
        };

    public static TheoryData<string, byte[]> WholeTypes =>
        new()
        {
            { "LongStorage", Bytes<long>(1, -2, 100) },
            { "IntStorage", Bytes<int>(1, -2, 100) },
            { "ShortStorage", Bytes<short>(1, -2, 100) },
            { "CharStorage", [1, 0xfe, 100] },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Tensors_are_read_by_name_in_the_order_of_the_file(string format)
    {
        using CheckpointFile file = new(TorchFiles.Sound(format));
        Assert.Equal(["a", "b"], file.Weights.Keys);
        Assert.Equal([2, 3], file.Weights["a"].Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], file.Weights["a"].ToFloats());
        Assert.Equal([7f, 8], file.Weights["b"].ToFloats());
    }

    [Theory]
    [MemberData(nameof(ElementTypes))]
    public void Numbers_of_every_floating_type_become_floats(string type, byte[] data) => Assert.Equal([1.5f, -2, 100], Read(type, data));

    [Theory]
    [MemberData(nameof(WholeTypes))]
    public void Numbers_of_every_signed_type_become_floats(string type, byte[] data) => Assert.Equal([1f, -2, 100], Read(type, data));

    [Theory]
    [InlineData("ByteStorage", 254)]
    [InlineData("BoolStorage", 1)]
    public void Numbers_of_one_byte_become_floats(string type, byte last) => Assert.Equal([0f, 1, last], Read(type, [0, 1, last]));

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 3, 1 }, 0, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(new long[] { 3, 2 }, new long[] { 1, 3 }, 0, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(new long[] { 2, 2 }, new long[] { 3, 1 }, 1, new float[] { 1, 2, 4, 5 })]
    [InlineData(new long[] { 3 }, new long[] { 2 }, 1, new float[] { 1, 3, 5 })]
    [InlineData(new long[] { 2, 2 }, new long[] { 0, 1 }, 4, new float[] { 4, 5, 4, 5 })]
    [InlineData(new long[] { }, new long[] { }, 5, new float[] { 5 })]
    [InlineData(new long[] { 0, 4 }, new long[] { 4, 1 }, 0, new float[] { })]
    public void A_view_picks_its_numbers_with_any_strides_and_offset(long[] shape, long[] strides, long offset, float[] expected)
    {
        StoredTensor view = new("view", "0", "FloatStorage", 6, shape, strides) { Offset = offset };
        using CheckpointFile file = new(
            TorchFiles.Zip(new PickleBytes().Protocol().StateDict(view).Stop(), ("0", TorchFiles.Floats(0, 1, 2, 3, 4, 5)))
        );
        Assert.Equal(expected, file.Weights["view"].ToFloats());
    }

    [Theory]
    [InlineData(1, new float[] { 0, 1, 500, 501 })]
    [InlineData(3, new float[] { 0, 3, 500, 503 })]
    public void A_view_that_leaves_most_of_its_storage_out_picks_the_right_numbers(long stride, float[] expected)
    {
        StoredTensor view = new("view", "0", "FloatStorage", 600, [2, 2], [500, stride]);
        byte[] numbers = TorchFiles.Floats([.. Enumerable.Range(0, 600).Select(i => (float)i)]);
        using CheckpointFile file = new(TorchFiles.Zip(new PickleBytes().Protocol().StateDict(view).Stop(), ("0", numbers)));
        Assert.Equal(expected, file.Weights["view"].ToFloats());
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("legacy")]
    public void Tensors_may_share_a_storage(string format)
    {
        StoredTensor whole = new("whole", "s", "FloatStorage", 4, [4], [1]),
            half = new("half", "s", "FloatStorage", 4, [2], [1]) { Offset = 2 };
        byte[] pickle = new PickleBytes().Protocol().StateDict(whole, half).Stop(),
            data = TorchFiles.Floats(1, 2, 3, 4);
        using CheckpointFile file = new(format == "zip" ? TorchFiles.Zip(pickle, ("s", data)) : TorchFiles.Legacy(pickle, ("s", 4, data)));
        Assert.Equal([1f, 2, 3, 4], file.Weights["whole"].ToFloats());
        Assert.Equal([3f, 4], file.Weights["half"].ToFloats());
    }

    [Fact]
    public void An_array_that_was_read_is_the_callers_own()
    {
        using CheckpointFile file = new(TorchFiles.Sound("zip"));
        file.Weights["b"].ToFloats()[0] = 99;
        Assert.Equal([7f, 8], file.Weights["b"].ToFloats());
    }

    [Fact]
    public void Something_else_is_refused_with_the_name_of_the_file()
    {
        string path = CheckpointFile.Write("just some text, long enough for a header"u8.ToArray());
        string message = Assert.Throws<ConversionException>(() => Conversion.Checkpoints.Checkpoint.Open(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains("not a checkpoint", message);
        File.Delete(path);
    }

    [Fact]
    public void A_file_without_tensors_is_refused() =>
        Assert.Contains("no tensors", CheckpointFile.Refusal(TorchFiles.Zip(new PickleBytes().Protocol().EmptyDict().Stop())));

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Throws<FileNotFoundException>(() => Conversion.Checkpoints.Checkpoint.Open("nowhere.pt"));

    private static float[] Read(string type, byte[] data)
    {
        StoredTensor tensor = new("t", "0", type, 3, [3], [1]);
        using CheckpointFile file = new(TorchFiles.Zip(new PickleBytes().Protocol().StateDict(tensor).Stop(), ("0", data)));
        return file.Weights["t"].ToFloats();
    }

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();
}
