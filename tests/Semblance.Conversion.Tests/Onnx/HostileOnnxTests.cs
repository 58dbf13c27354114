using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Tests.Onnx;

public sealed class HostileOnnxTests
{
    private const long LittleMemory = 1 << 20;

    [Theory]
    [InlineData(new byte[] { 0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f })]
    [InlineData(new byte[] { 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f })]
    [InlineData(new byte[] { 0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 })]
    [InlineData(new byte[] { 0x3a, 0x06, 0x2a, 0xff, 0xff, 0xff, 0xff, 0x0f })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    public void A_length_that_the_file_has_not_is_refused(byte[] file) => AssertRefused(file);

    [Theory]
    [InlineData(1L << 30)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public void A_tensor_of_a_size_that_the_file_has_not_is_refused(long size)
    {
        byte[] file = Graph(tensor =>
        {
            tensor.Integer(1, size);
            tensor.Integer(1, size);
            tensor.Integer(2, (long)OnnxElement.Float);
            tensor.Text(8, "w");
            tensor.Text(9, "abcd");
        });
        Assert.Contains("'w'", AssertRefused(file));
    }

    [Fact]
    public void Weights_that_lie_outside_the_file_are_refused()
    {
        byte[] file = Graph(tensor =>
        {
            tensor.Integer(1, 4);
            tensor.Integer(2, (long)OnnxElement.Float);
            tensor.Text(8, "w");
            tensor.Integer(14, 1);
        });
        Assert.Contains("0 bytes", AssertRefused(file));
    }

    private static string AssertRefused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<ConversionException>(() => OnnxModel.Parse(file)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LittleMemory);
        return message;
    }

    /// <summary>A file whose graph has one tensor.</summary>
    private static byte[] Graph(Action<ProtoWriter> tensor)
    {
        ProtoWriter file = new();
        file.Message(7, graph => graph.Message(5, tensor));
        file.Message(8, opset => opset.Integer(2, 17));
        using MemoryStream stream = new();
        file.CopyTo(stream, CancellationToken.None);
        return stream.ToArray();
    }
}
