using ModelForge;

namespace Semblance.Conversion.Tests;

/// <summary>Every network of the pack gives what its origin gives.</summary>
public sealed class OriginAgreementTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("blazeface-short", "blazeface-short/model.onnx", 128, 128, "regressors")]
    [InlineData("blazeface-short", "blazeface-short/model.onnx", 128, 128, "scores")]
    [InlineData("blazeface-full", "blazeface-full/model.onnx", 192, 192, "regressors")]
    [InlineData("blazeface-full", "blazeface-full/model.onnx", 192, 192, "scores")]
    [InlineData("pnet", "mtcnn/pnet.onnx", 47, 36, "probability")]
    [InlineData("pnet", "mtcnn/pnet.onnx", 47, 36, "regression")]
    [InlineData("rnet", "mtcnn/rnet.onnx", 24, 24, "probability")]
    [InlineData("rnet", "mtcnn/rnet.onnx", 24, 24, "regression")]
    [InlineData("onet", "mtcnn/onet.onnx", 48, 48, "probability")]
    [InlineData("onet", "mtcnn/onet.onnx", 48, 48, "regression")]
    [InlineData("onet", "mtcnn/onet.onnx", 48, 48, "landmarks")]
    [InlineData("mobilefacenet-512", "mobilefacenet-512/model.onnx", 112, 112, "embedding")]
    public void A_network_of_the_pack_agrees_with_its_origin(string name, string file, int height, int width, string output)
    {
        float[] actual = PackModel.Run(file, ReferenceInput.Fill(name, 3 * height * width), [1, 3, height, width], output);
        Assert.InRange(PackModel.RelativeL2(actual, PackModel.Reference($"{name}.{output}")), 0, Tolerance);
    }

    /// <summary>Their constants are stored in half precision: a quarter of a degree, and a hundredth of a side.</summary>
    [Theory]
    [InlineData("head-pose", 224, "pose", 0.25)]
    [InlineData("landmarks-68", 64, "output", 0.01)]
    public void A_network_stored_in_half_precision_agrees_with_its_origin(string name, int side, string output, double tolerance)
    {
        float[] actual = PackModel.Run($"{name}/model.onnx", ReferenceInput.Fill(name, 3 * side * side), [1, 3, side, side], output),
            expected = PackModel.Reference($"{name}.{output}");
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public void Embeddings_agree_with_the_origin_to_six_nines()
    {
        float[] actual = PackModel.Run(
            "mobilefacenet-512/model.onnx",
            ReferenceInput.Fill("mobilefacenet-512", 3 * 112 * 112),
            [1, 3, 112, 112],
            "embedding"
        );
        float[] expected = PackModel.Reference("mobilefacenet-512.embedding");
        double dot = actual.Zip(expected, (a, b) => (double)a * b).Sum();
        Assert.True(dot / Math.Sqrt(actual.Sum(a => (double)a * a) * expected.Sum(b => (double)b * b)) >= 0.999999);
    }

    [Theory]
    [InlineData("mobilefacenet-512/model.onnx", 112, "embedding", 512)]
    [InlineData("mtcnn/rnet.onnx", 24, "regression", 4)]
    [InlineData("mtcnn/onet.onnx", 48, "landmarks", 10)]
    [InlineData("blazeface-short/model.onnx", 128, "scores", 896)]
    public void A_batch_gives_what_its_members_give_alone(string file, int side, string output, int size)
    {
        float[] batch = ReferenceInput.Fill("batch", 3 * 3 * side * side);
        float[] together = PackModel.Run(file, batch, [3, 3, side, side], output);
        float[] alone = PackModel.Run(file, batch[(2 * 3 * side * side)..], [1, 3, side, side], output);
        Assert.InRange(PackModel.RelativeL2(together[(2 * size)..], alone), 0, 1e-5);
    }
}
