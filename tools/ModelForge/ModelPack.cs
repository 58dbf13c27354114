using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelForge;

/// <summary>The pack's folder: one folder a model with manifest, card, licence and networks.</summary>
internal sealed class ModelPack(string folder)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes every network and its hash into the manifest; all else in the manifests is kept.</summary>
    public void Build(Recipes recipes)
    {
        foreach ((string model, string role, string file, Func<Semblance.Conversion.Onnx.OnnxModel> make) in recipes.Networks())
        {
            byte[] bytes = make().ToBytes();
            string path = Path.Combine(folder, model, file),
                manifest = Path.Combine(folder, model, "model.json");
            File.WriteAllBytes(path, bytes);
            JsonNode json = JsonNode.Parse(File.ReadAllText(manifest))!;
            json["files"]![role] = new JsonObject { ["file"] = file, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
            File.WriteAllText(manifest, json.ToJsonString(Indented) + "\n");
            Console.WriteLine($"{model}/{file}: {bytes.Length:N0} bytes");
        }
    }

    /// <summary>Rebuilds every network and compares it, byte for byte, with the pack and with the hash in the manifest.</summary>
    /// <returns>Whether all are the same.</returns>
    public bool Verify(Recipes recipes)
    {
        bool same = true;
        foreach ((string model, string role, string file, Func<Semblance.Conversion.Onnx.OnnxModel> make) in recipes.Networks())
        {
            byte[] bytes = make().ToBytes();
            string path = Path.Combine(folder, model, file);
            JsonNode json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, model, "model.json")))!;
            string stated = (string?)json["files"]?[role]?["sha256"] ?? "";
            string problem =
                !File.Exists(path) ? "is missing"
                : !bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)) ? "differs from what the packages give"
                : stated != Convert.ToHexStringLower(SHA256.HashData(bytes)) ? "does not have the hash that its manifest states"
                : "";
            Console.WriteLine($"{model}/{file}: {(problem.Length == 0 ? "same" : problem)}");
            same &= problem.Length == 0;
        }
        return same;
    }
}
