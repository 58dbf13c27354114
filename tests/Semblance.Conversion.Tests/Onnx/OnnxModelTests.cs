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
    public void Subnormal_weights_are_written_as_zeros_and_no_model_of_the_pack_holds_one()
    {
        OnnxGraphBuilder builder = new("test");
        string x = builder.Input("x", "N", 2, 1, 1);
        builder.Output(builder.Conv(x, new(1, 2, 1, 1, [float.Epsilon, -1e-39f], [1.5f])), "y", "N", 1, 1, 1);
        OnnxModel written = OnnxModel.Parse(builder.Build("test").ToBytes());
        Assert.Equal([0, 0, 1.5f], written.Graph.Initializers.SelectMany(tensor => tensor.ToFloats()).Order());

        string[] files = Directory.GetFiles(PackModel.Folder, "*.onnx", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file =>
            Assert.DoesNotContain(
                OnnxModel.Read(file).Graph.Initializers.Where(tensor => tensor.Element == OnnxElement.Float).SelectMany(t => t.ToFloats()),
                float.IsSubnormal
            )
        );
    }

    [Fact]
    public void A_deferred_constant_is_made_when_the_file_is_written_and_gives_the_same_bytes()
    {
        int made = 0;
        byte[] Write(Func<OnnxGraphBuilder, string> constant)
        {
            OnnxGraphBuilder builder = new("test");
            builder.Output(builder.Add("Add", [builder.Input("x", 2), constant(builder)]), "y", 2);
            OnnxModel model = builder.Build("test");
            Assert.Equal(0, made);
            return model.ToBytes();
        }

        byte[] atOnce = Write(builder => builder.Constant([3, 4], 2));
        byte[] deferred = Write(builder => builder.Deferred(() => [++made * 3, 4], 2));
        Assert.Equal(1, made);
        Assert.Equal(atOnce, deferred);
    }

    [Fact]
    public void A_file_whose_writing_fails_stays_what_it_was()
    {
        string path = Path.GetTempFileName();
        try
        {
            Line(() => [3, 4]).Write(path, TestContext.Current.CancellationToken);
            byte[] before = File.ReadAllBytes(path);
            Assert.Throws<InvalidOperationException>(() =>
                Line(() => throw new InvalidOperationException()).Write(path, TestContext.Current.CancellationToken)
            );
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"));
        }
        finally
        {
            File.Delete(path);
        }

        static OnnxModel Line(Func<float[]> values)
        {
            OnnxGraphBuilder builder = new("test");
            builder.Output(builder.Add("Add", [builder.Input("x", 2), builder.Deferred(values, 2)]), "y", 2);
            return builder.Build("test");
        }
    }

    [Fact]
    public void A_deferred_constant_of_another_size_is_refused()
    {
        OnnxGraphBuilder builder = new("test");
        builder.Output(builder.Add("Add", [builder.Input("x", 2), builder.Deferred(() => [1, 2, 3], 2)]), "y", 2);
        Assert.Contains("3 values", Assert.Throws<ConversionException>(() => builder.Build("test").ToBytes()).Message);
    }

    [Fact]
    public void A_graph_that_no_file_could_hold_is_refused_before_anything_is_written()
    {
        OnnxGraphBuilder builder = new("test");
        builder.Output(
            builder.Add("Add", [builder.Input("x", 1 << 30), builder.Deferred(() => throw new InvalidOperationException(), 1 << 30)]),
            "y",
            1 << 30
        );
        Assert.Contains("takes", Assert.Throws<ConversionException>(() => builder.Build("test").ToBytes()).Message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PackModel.Folder, "mtcnn/pnet.onnx"));
        for (int length = 0; length < bytes.Length - 30; length += 97)
            Assert.Throws<ConversionException>(() => OnnxModel.Parse(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Altered_files_are_read_or_refused_and_nothing_else()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(PackModel.Folder, "mtcnn/pnet.onnx"));
        Random random = new(Seed);
        for (int i = 0; i < 2000; i++)
        {
            byte[] altered = [.. bytes];
            for (int k = random.Next(1, 6); k > 0; k--)
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
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
