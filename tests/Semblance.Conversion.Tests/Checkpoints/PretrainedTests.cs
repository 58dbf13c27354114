using System.Text.Json;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Checkpoints;
using Semblance.Conversion.Tests.Reference;
using Semblance.Conversion.Weights;
using Semblance.TestSupport;

namespace Semblance.Conversion.Tests.Checkpoints;

/// <summary>The real checkpoints of the reference data: what is read from them, and what the networks made of them give.</summary>
public sealed class PretrainedTests
{
    public static TheoryData<string> Files =>
        ["pnet.pt", "rnet.pt", "onet.pt", "blazeface.pth", "blazefaceback.pth", "retinaface_mobilenet025.pth"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_tensor_has_the_official_shape_sum_and_norm(string file)
    {
        using JsonDocument document = Pretrained();
        using Checkpoint checkpoint = Checkpoint.Open(ReferenceData.Require("weights/" + file));
        StateDict weights = Assert.Single(checkpoint.Parts).Weights;
        JsonElement[] tensors = [.. Entry(document, file).GetProperty("tensors").EnumerateArray()];
        Assert.Equal(tensors.Select(tensor => tensor.GetProperty("key").GetString()), weights.Keys);
        foreach (JsonElement expected in tensors)
        {
            StateTensor tensor = weights[expected.GetProperty("key").GetString()!];
            Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), tensor.Shape);
            float[] values = tensor.ToFloats();
            double norm = Math.Sqrt(values.Sum(value => (double)value * value)),
                exact = expected.GetProperty("l2").GetDouble();
            Assert.Equal(exact, norm, 1e-7 * exact);
            Assert.Equal(
                expected.GetProperty("sum").GetDouble(),
                values.Sum(value => (double)value),
                1e-7 * exact * Math.Sqrt(values.Length)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_network_gives_the_official_output(string file)
    {
        using JsonDocument document = Pretrained();
        using Checkpoint checkpoint = Checkpoint.Open(ReferenceData.Require("weights/" + file));
        RecognizedNetwork network = ArchitectureCatalog.Recognize(checkpoint.Parts.Select(part => part.Weights));
        JsonElement entry = Entry(document, file);
        long[] shape = [.. entry.GetProperty("input").GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        ReferenceOutput[] expected = [.. entry.GetProperty("outputs").EnumerateArray().Select(ReferenceOutput.Read)];
        ReferenceNetwork.AssertOutputs(expected, ReferenceNetwork.Run(network.Architecture.Build(network.Weights), shape));
    }

    [Theory]
    [InlineData("pnet")]
    [InlineData("rnet")]
    [InlineData("onet")]
    public void The_packs_mtcnn_comes_from_the_same_numbers_byte_for_byte(string network)
    {
        using Checkpoint checkpoint = Checkpoint.Open(ReferenceData.Require($"weights/{network}.pt"));
        RecognizedNetwork recognized = ArchitectureCatalog.Recognize(checkpoint.Parts.Select(part => part.Weights));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(PackModel.Folder, "mtcnn", network + ".onnx")),
            recognized.Architecture.Build(recognized.Weights).ToBytes()
        );
    }

    private static JsonDocument Pretrained() =>
        JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference/pretrained_outputs.json")));

    private static JsonElement Entry(JsonDocument document, string file) =>
        document.RootElement.GetProperty("files").EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file);
}
