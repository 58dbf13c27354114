using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Tests.Onnx;

public sealed class OnnxModelTests
{
    private static readonly int Seed = 7;

    [Theory]
    [InlineData("mtcnn/pnet.onnx")]
    [InlineData("mobilefacenet-512/model.onnx")]
    [InlineData("blazeface-full/model.onnx")]
    public void A_file_read_and_written_again_has_the_same_bytes(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PackModel.Folder, file));
        Assert.True(bytes.AsSpan().SequenceEqual(OnnxModel.Parse(bytes).ToBytes()));
    }

    [Fact]
    public void A_built_graph_computes_what_it_says()
    {
        OnnxGraphBuilder builder = new("test");
        string x = builder.Input("x", "N", 2, 1, 1);
        builder.Output(builder.Conv(x, new(1, 2, 1, 1, [2, 3], [10])), "y", "N", 1, 1, 1);
        Assert.Equal([10 + 2 * 5 + 3 * 7], PackModel.Run(builder.Build("test").ToBytes(), [5, 7], [1, 2, 1, 1], "y"));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PackModel.Folder, "mtcnn/pnet.onnx"));
        for (int length = 0; length < bytes.Length - 30; length += 97) Assert.Throws<ConversionException>(() => OnnxModel.Parse(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Altered_files_are_read_or_refused_and_nothing_else()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PackModel.Folder, "mtcnn/pnet.onnx"));
        Random random = new(Seed);
        for (int i = 0; i < 2000; i++)
        {
            byte[] altered = [.. bytes];
            for (int k = random.Next(1, 6); k > 0; k--) altered[random.Next(altered.Length)] = (byte)random.Next(256);
            try
            {
                _ = OnnxModel.Parse(altered);
            }
            catch (ConversionException)
            {
                // The documented refusal.
            }
        }
    }
}
