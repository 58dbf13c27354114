using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Server.Tests.Support;

/// <summary>A catalogue in which the default embedder, with its own weights, has another calibration or strangers to compare with.</summary>
internal sealed class AlteredModels : IDisposable
{
    private const string Embedder = FaceAnalyzerOptions.DefaultEmbedder;

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-models-").FullName;

    /// <summary>Thresholds hold for faces of a norm that no face has.</summary>
    public static AlteredModels WithoutAnyGoodFace() =>
        new(
            (manifest, _) =>
            {
                JsonObject calibration = manifest["calibration"]!.AsObject();
                calibration["byNorm"] = new JsonArray(
                    new JsonObject
                    {
                        ["norm"] = 1000,
                        ["fmr"] = calibration["fmr"]!.DeepClone(),
                        ["probability"] = calibration["probability"]!.DeepClone(),
                    }
                );
            }
        );

    /// <summary>Scores are similarities less those with strangers, who are these.</summary>
    public static AlteredModels WithStrangers(params float[][] strangers) =>
        new(
            (manifest, folder) =>
            {
                byte[] file = new EmbeddingCohort([.. strangers.SelectMany(vector => vector)], strangers[0].Length, 1).ToBytes();
                File.WriteAllBytes(Path.Combine(folder, "cohort.bin"), file);
                manifest["files"]!["cohort"] = new JsonObject
                {
                    ["file"] = "cohort.bin",
                    ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)),
                };
                manifest["cohort"] = new JsonObject
                {
                    ["members"] = strangers.Length,
                    ["neighbours"] = 1,
                    ["faces"] = strangers.Length,
                    ["smallestGroup"] = 1,
                    ["data"] = "faces of a test",
                };
            }
        );

    private AlteredModels(Action<JsonObject, string> alter)
    {
        string original = ModelCatalog.Pack.Find(Embedder).Folder,
            altered = Directory.CreateDirectory(Path.Combine(_folder, Embedder)).FullName;
        foreach (string file in Directory.GetFiles(original))
            File.Copy(file, Path.Combine(altered, Path.GetFileName(file)));
        string path = Path.Combine(altered, InstalledModel.ManifestName);
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        // What the model ships with is not what is tested.
        manifest.Remove("cohort");
        manifest["files"]!.AsObject().Remove("cohort");
        manifest["calibration"]!.AsObject().Remove("byNorm");
        manifest["calibration"]!.AsObject().Remove("usualSimilarity");
        alter(manifest, altered);
        File.WriteAllText(path, manifest.ToJsonString());
    }

    public FaceAnalyzerBuilder Analyzers() => FaceAnalyzer.CreateBuilder().UseCatalog(new([_folder, .. ModelCatalog.Pack.Folders]));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
