using System.Security.Cryptography;
using System.Text.Json;
using Semblance.Attributes;
using Semblance.Conversion.Onnx;
using Semblance.Models;
using Semblance.Tests.Support;

namespace Semblance.Tests.Attributes;

/// <summary>Small attribute networks whose answers depend on the picture, in a catalogue of their own.</summary>
internal sealed class AttributeModelFixture : IDisposable
{
    public const int Side = 16;

    private readonly TemporaryModels _models = new();

    public ModelCatalog Catalog => _models.Catalog;

    public static IReadOnlyList<string> Genders { get; } = ["female", "male"];

    /// <summary>
    /// Ages 0 to 2 and two genders. The mean of the red plane, 0 to 1, goes through a softmax after the weights: the redder, the older and
    /// the more male.
    /// </summary>
    public InstalledModel AgeGender(AttributeSettings? settings = null, IReadOnlyList<string>? genders = null)
    {
        OnnxGraphBuilder graph = new("age-gender");
        string picture = graph.Input("picture", "N", 3, Side, Side);
        string mean = graph.Add("Flatten", [graph.Add("GlobalAveragePool", [picture])]);
        string ages = graph.Add("MatMul", [mean, graph.Constant([-20, 0, 20, 0, 0, 0, 0, 0, 0], 3, 3)]);
        string both = graph.Add("MatMul", [mean, graph.Constant([-4, 4, 0, 0, 0, 0], 3, 2)]);
        graph.Output(graph.Add("Softmax", [ages]), "ages", "N", 3);
        graph.Output(graph.Add("Softmax", [both]), "genders", "N", 2);
        return Write(
            "age-gender",
            [ModelKind.Age, ModelKind.Gender],
            graph.Build("test"),
            settings,
            new()
            {
                ["ages"] = Tensor(AttributeRoles.AgeDistribution, 3),
                ["genders"] = Tensor(AttributeRoles.Gender, 2) with { Labels = genders ?? Genders },
            },
            null
        );
    }

    /// <summary>Two expressions and two label sets that contradict each other: red is happy, blue is sad, or the other way round;
    /// a third agrees with the network's own answer.</summary>
    public InstalledModel Emotion(AttributeSettings? settings = null)
    {
        OnnxGraphBuilder graph = new("emotion");
        string mean = graph.Add("Flatten", [graph.Add("GlobalAveragePool", [graph.Input("picture", "N", 3, Side, Side)])]);
        graph.Output(graph.Add("Softmax", [graph.Add("MatMul", [mean, graph.Constant([4, 0, 0, 0, 0, 4], 3, 2)])]), "own", "N", 2);
        graph.Output(graph.Add("Softmax", [graph.Add("MatMul", [mean, graph.Constant([0, 4, 0, 0, 4, 0], 3, 2)])]), "other", "N", 2);
        graph.Output(graph.Add("Softmax", [graph.Add("MatMul", [mean, graph.Constant([4, 0, 0, 0, 0, 4], 3, 2)])]), "same", "N", 2);
        return Write(
            "emotion",
            [ModelKind.Emotion],
            graph.Build("test"),
            settings,
            new()
            {
                ["own"] = Tensor(AttributeRoles.Emotion, 2),
                ["other"] = Tensor("emotion:contrary", 2),
                ["same"] = Tensor("emotion:plain", 2),
            },
            ["happy", "sad"]
        );
    }

    public void Dispose() => _models.Dispose();

    private InstalledModel Write(
        string id,
        IReadOnlyList<ModelKind> kinds,
        OnnxModel network,
        AttributeSettings? settings,
        Dictionary<string, ModelTensor> outputs,
        IReadOnlyList<string>? labels
    )
    {
        string folder = Directory.CreateDirectory(Path.Combine(_models.Folder, id)).FullName;
        byte[] bytes = network.ToBytes();
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), bytes);
        new ModelManifest
        {
            Id = id,
            Kinds = kinds,
            License = "test",
            CommercialUse = false,
            Origin = "a test",
            TrainingData = "none",
            Files = new Dictionary<string, ModelFile>
            {
                [InstalledModel.SingleRole] = new("model.onnx", Convert.ToHexStringLower(SHA256.HashData(bytes))),
            },
            Input = new()
            {
                Width = Side,
                Height = Side,
                Channels = "RGB",
                Mean = [0, 0, 0],
                Scale = [1 / 255f, 1 / 255f, 1 / 255f],
                TemplatePoints =
                [
                    [5, 6],
                    [10, 6],
                    [7.5f, 8],
                    [6, 11],
                    [9, 11],
                ],
            },
            Output = new() { Outputs = outputs, Labels = labels },
            Attributes = settings ?? new() { MinimumFace = 20 },
        }.Write(Path.Combine(folder, InstalledModel.ManifestName));
        return InstalledModel.Open(folder);
    }

    private static ModelTensor Tensor(string role, int width) =>
        new(role, [JsonSerializer.SerializeToElement("N"), JsonSerializer.SerializeToElement(width)]);
}
