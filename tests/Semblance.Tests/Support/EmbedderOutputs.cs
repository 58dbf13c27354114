using System.Text.Json;
using Semblance.Models;

namespace Semblance.Tests.Support;

/// <summary>Manifest parts of embedders.</summary>
internal static class EmbedderOutputs
{
    public static ModelInput Input(int side) =>
        new()
        {
            Width = side,
            Height = side,
            Channels = "RGB",
            Mean = [127.5f, 127.5f, 127.5f],
            Scale = [1 / 127.5f, 1 / 127.5f, 1 / 127.5f],
            Template = "arcface-112",
        };

    public static ModelOutput Vector(string name, int dimension) =>
        new() { Outputs = new Dictionary<string, ModelTensor> { [name] = Tensor("embedding", dimension) } };

    public static ModelOutput UnitVectorAndNorm(int dimension) =>
        new()
        {
            Outputs = new Dictionary<string, ModelTensor> { ["norm"] = Tensor("norm", 1), ["feature"] = Tensor("embedding", dimension) },
            Normalized = true,
        };

    private static ModelTensor Tensor(string role, int values) =>
        new(role, [JsonDocument.Parse("\"N\"").RootElement, JsonDocument.Parse($"{values}").RootElement]);
}
