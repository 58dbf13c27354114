using Semblance.Conversion.TfLite;

namespace Semblance.Conversion.Tests.TfLite;

public sealed class TfLiteModelTests
{
    private const int Seed = 8;

    [Fact]
    public void Something_else_is_refused() =>
        Assert.Contains("TFL3", Assert.Throws<ConversionException>(() => TfLiteModel.Read("not a network at all"u8.ToArray())).Message);

    [Fact]
    public void A_small_file_gives_its_tensors_and_operators()
    {
        TfLiteModel model = TfLiteModel.Read(SmallTfLite.File());
        Assert.Equal(TfLiteOperation.Relu, Assert.Single(model.Operators).Operation);
        Assert.Equal(["in", "out"], model.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2, 2, 3], model.Tensors[0].Shape);
    }

    [Fact]
    public void A_small_file_becomes_a_graph_that_computes_the_same()
    {
        byte[] onnx = TfLiteToOnnx.Convert(TfLiteModel.Read(SmallTfLite.File()), "small", ("out", "y")).ToBytes();
        float[] input = [.. Enumerable.Range(0, 12).Select(i => i - 5f)];
        Assert.Equal(input.Select(v => MathF.Max(0, v)), PackModel.Run(onnx, input, [1, 3, 2, 2], "y"));
    }

    [Fact]
    public void Altered_and_cut_files_are_read_or_refused_and_nothing_else()
    {
        byte[] bytes = SmallTfLite.File();
        Random random = new(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] altered = [.. bytes[..random.Next(8, bytes.Length + 1)]];
            for (int k = random.Next(0, 4); k > 0; k--)
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
            try
            {
                _ = TfLiteModel.Read(altered);
            }
            catch (ConversionException)
            {
                // The documented refusal.
            }
        }
    }
}
