using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelForge;

/// <summary>
/// Attribute networks of the packages that are not in the pack, as model folders, so that <c>semblance eval attributes --attribute-models</c> measures them on the same
/// faces as the pack's.
/// </summary>
internal static class Candidates
{
    /// <summary>The order of the network's own classes.</summary>
    private static readonly string[] Expressions = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"];

    /// <summary>Writes the folders below a catalogue's folder.</summary>
    /// <returns>Their ids.</returns>
    public static IReadOnlyList<string> Write(PackageSources sources, string folder)
    {
        const string Id = "fr-expression";
        byte[] network = sources.Read(NpmPackage.FacePlugin, "model/fr_expression.onnx");
        string model = Directory.CreateDirectory(Path.Combine(folder, Id)).FullName;
        File.WriteAllBytes(Path.Combine(model, "model.onnx"), network);
        JsonObject manifest = new()
        {
            ["id"] = Id,
            ["kinds"] = new JsonArray("emotion"),
            ["files"] = new JsonObject { ["model"] = new JsonObject { ["file"] = "model.onnx", ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(network)) } },
            ["license"] = "MIT",
            ["commercialUse"] = true,
            ["origin"] = "model/fr_expression.onnx of the npm package faceplugin 1.0.3, a DenseNet",
            ["trainingData"] = "not stated by its publisher",
            ["input"] = new JsonObject
            {
                ["width"] = 224, ["height"] = 224, ["channels"] = "RGB", ["mean"] = new JsonArray(0, 0, 0), ["scale"] = new JsonArray(1 / 255.0, 1 / 255.0, 1 / 255.0),
                ["crop"] = new JsonObject { ["kind"] = "stretched", ["scale"] = 1 },
            },
            ["output"] = new JsonObject
            {
                ["outputs"] = new JsonObject
                {
                    ["output"] = new JsonObject
                    {
                        ["role"] = "emotion", ["shape"] = new JsonArray("N", Expressions.Length), ["activation"] = "softmax",
                        ["labels"] = new JsonArray([.. Expressions.Select(name => (JsonNode)name)]),
                    },
                },
            },
            ["attributes"] = new JsonObject { ["minimumFace"] = 24 },
        };
        File.WriteAllText(Path.Combine(model, "model.json"), manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return [Id];
    }
}
