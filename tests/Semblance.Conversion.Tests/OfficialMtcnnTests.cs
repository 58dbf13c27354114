using System.Text.Json;
using ModelForge;
using Semblance.TestSupport;

namespace Semblance.Conversion.Tests;

/// <summary>Against facenet-pytorch's own networks and weights on the input of the reference data.</summary>
public sealed class OfficialMtcnnTests
{
    [Theory]
    [InlineData("pnet.pt", "mtcnn/pnet.onnx", "regression", "regression")]
    [InlineData("rnet.pt", "mtcnn/rnet.onnx", "regression", "regression")]
    [InlineData("onet.pt", "mtcnn/onet.onnx", "regression", "regression")]
    [InlineData("onet.pt", "mtcnn/onet.onnx", "landmarks", "landmarks")]
    public void A_network_gives_the_official_output(string weights, string file, string official, string output)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(ReferenceData.Require("reference/pretrained_outputs.json")));
        JsonElement entry = Find(document.RootElement, weights);
        long[] shape = [.. entry.GetProperty("input").GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        float[] actual = PackModel.Run(file, ReferenceInput.Fill("input", (int)shape.Aggregate(1L, (p, s) => p * s)), shape, output);
        JsonElement expected = entry.GetProperty("outputs").EnumerateArray().Single(o => o.GetProperty("name").GetString() == official);
        double tolerance = Math.Max(
            20 * expected.GetProperty("float32_max_abs_diff").GetDouble(),
            1e-5 * (1 + expected.GetProperty("std").GetDouble())
        );
        string values = expected.TryGetProperty("values", out _) ? "values" : "first";
        int i = 0;
        foreach (JsonElement value in expected.GetProperty(values).EnumerateArray())
            Assert.Equal(value.GetDouble(), actual[i++], tolerance);
        Assert.True(i > 0);
    }

    private static JsonElement Find(JsonElement root, string weights)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name.Contains(weights))
                return property.Value;
            if (property.Value.ValueKind == JsonValueKind.Array)
                foreach (JsonElement item in property.Value.EnumerateArray())
                    if (item.TryGetProperty("file", out JsonElement file) && file.GetString()!.Contains(weights))
                        return item;
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(weights, out JsonElement nested))
                return nested;
        }
        throw new KeyNotFoundException(weights);
    }
}
