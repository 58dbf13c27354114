using System.Globalization;
using System.Text.Json;
using Semblance.Files;
using Semblance.Runtime;

namespace Semblance.Models.Importing;

/// <summary>
/// Somebody's ONNX file as a model: the manifest that stands beside it, or one made from options and from what the network itself
/// declares. Whatever had to be assumed is listed, since wrong preprocessing gives wrong answers without any error.
/// </summary>
/// <param name="Manifest">What is known about the model; without files.</param>
/// <param name="Assumptions">What nobody said and was assumed.</param>
public sealed record OnnxImport(ModelManifest Manifest, IReadOnlyList<string> Assumptions)
{
    /// <summary>The licence of files whose owner does not say.</summary>
    public const string UnknownLicense = "not stated";

    /// <summary>InsightFace's own attribute networks see so much around a face.</summary>
    private const float AssumedCropScale = 1.5f;

    /// <summary>So much of a file's hash stands in a contract.</summary>
    private const int HashLetters = 8;

    private const float InsightFaceMean = 127.5f,
        InsightFaceScale = 1 / 127.5f;

    /// <summary>The cohort that the manifest's thresholds are made with; null where it has none.</summary>
    public string? CohortFile { get; init; }

    /// <summary>Describes a file.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="options">What its owner knows about it.</param>
    /// <exception cref="ModelException">The file is no network, or kind, size or shape do not go together.</exception>
    public static OnnxImport Describe(string path, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new();
        string id = options.Id is { } given ? ModelId.Require(given) : "";
        if (FileIdentity.KindOf(path) != FileKind.Regular)
            throw new ModelException(path, File.Exists(path) ? "is no regular file" : "there is no such file");
        if (FindManifest(path, options.Manifest) is { } beside)
        {
            ModelManifest manifest = ModelManifest.Read(beside);
            return new(Overridden(id.Length > 0 ? manifest with { Id = id } : manifest, options, path), [])
            {
                CohortFile = CohortBeside(beside, manifest),
            };
        }
        if (id.Length == 0)
            id = ModelId.FromFile(path);
        // Attributes are asked for by kind or by id: "gender" must not mean two things.
        if (Enum.TryParse<ModelKind>(id, ignoreCase: true, out _))
            throw new ModelException(id, "is the name of a kind, not of a model; give another id");
        NetworkSignature signature = NetworkSession.ReadSignature(id, path);
        return options.Kind switch
        {
            ModelKind.Embedder => Embedder(id, path, signature, options),
            ModelKind.Detector => Detector(id, path, signature, options),
            { } kind => Classifier(id, path, signature, options, kind),
            null => throw new ModelException(
                id,
                $"what it does was not said: give its kind ({Kinds()}) or put a manifest beside it, "
                    + $"{Path.ChangeExtension(Path.GetFileName(path), ".json")}"
            ),
        };
    }

    private static string? CohortBeside(string manifestPath, ModelManifest manifest)
    {
        if (manifest.Cohort is null)
            return null;
        string? name = manifest.Files.GetValueOrDefault(Embedding.EmbeddingCohort.FileRole)?.File;
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifestPath))!, name ?? "");
        return name is not null && File.Exists(path)
            ? path
            : throw new ModelException(
                manifest.Id,
                $"its thresholds need a cohort, whose file {name ?? "is not named"} is not beside {manifestPath}"
            );
    }

    /// <summary>
    /// Which vectors may be compared: those of one file, seen in one way. The file is named by its hash, so that another one that takes
    /// over the id is not taken for the same.
    /// </summary>
    /// <param name="id">Catalogue id.</param>
    /// <param name="input">How pixels go in.</param>
    /// <param name="source">The file that was imported.</param>
    public static string ContractOf(string id, ModelInput input, string source)
    {
        ArgumentNullException.ThrowIfNull(input);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{id}/{input.Channels.ToLowerInvariant()}-{string.Join('_', input.Mean.Distinct())}-{string.Join('_', input.Scale.Distinct())}"
                + $"/arcface-112/{FileHash.Of(source)[..HashLetters]}"
        );
    }

    private static OnnxImport Embedder(string id, string path, NetworkSignature signature, ImportOptions options)
    {
        // Unit vectors with their lengths beside them, one number a crop: that is AdaFace, and AdaFace reads BGR.
        NetworkTensor? norm = signature.Outputs.FirstOrDefault(output => output.IsFloat && output.Shape is [_, 1]);
        List<string> assumed = [];
        ModelInput input = Input(
            id,
            signature,
            options,
            assumed,
            norm is null ? "RGB" : "BGR",
            [InsightFaceMean],
            [InsightFaceScale],
            otherwiseSide: 112
        );
        NetworkTensor[] vectors =
        [
            .. signature.Outputs.Where(output => output.IsFloat && output.Shape.Count == 2 && output.Shape[1] is > 1 or NetworkTensor.Free),
        ];
        if (vectors is not [{ Shape: [_, > 1] } vector])
            throw new ModelException(
                id,
                $"an embedder gives one vector a crop, [N, dimension]; its outputs are {string.Join(", ", signature.Outputs)}"
            );
        Dictionary<string, ModelTensor> outputs = new()
        {
            [vector.Name] = Tensor(Embedding.OnnxFaceEmbedder.EmbeddingRole, vector.Shape[1]),
        };
        if (norm is not null)
            outputs[norm.Name] = Tensor(Embedding.OnnxFaceEmbedder.NormRole, 1);
        return new(
            NewManifest(
                id,
                path,
                ModelKind.Embedder,
                options,
                input with
                {
                    Template = "arcface-112",
                },
                new() { Outputs = outputs, Normalized = outputs.Count > 1 }
            ) with
            {
                Contract = ContractOf(id, input, path),
            },
            assumed
        );
    }

    private static OnnxImport Detector(string id, string path, NetworkSignature signature, ImportOptions options)
    {
        DetectorDecoder decoder = DecoderGuess.Of(id, signature, options.Decoder);
        List<string> assumed = [];
        ModelInput input =
            decoder.Kind == DetectorDecoder.RetinaFace
                ? Input(id, signature, options, assumed, "BGR", [104, 117, 123], [1], otherwiseSide: 0)
                : Input(id, signature, options, assumed, "RGB", [127.5f], [1 / 128f], otherwiseSide: 0);
        return new(
            NewManifest(
                id,
                path,
                ModelKind.Detector,
                options,
                input,
                new() { Outputs = new Dictionary<string, ModelTensor>(), Decoder = decoder }
            ),
            assumed
        );
    }

    private static OnnxImport Classifier(string id, string path, NetworkSignature signature, ImportOptions options, ModelKind kind)
    {
        string role = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
        List<string> assumed = [];
        ModelInput input = Input(id, signature, options, assumed, "RGB", [InsightFaceMean], [InsightFaceScale], otherwiseSide: 112);
        if (signature.Outputs is not [{ IsFloat: true, Shape: [_, > 0] } output])
        {
            throw new ModelException(
                id,
                $"without a manifest, a model of kind {role} gives one list of numbers a face, [N, classes]; its outputs are "
                    + $"{string.Join(", ", signature.Outputs)}"
            );
        }
        int classes = output.Shape[1];
        if (options.Labels is { } labels && labels.Count != classes)
            throw new ModelException(id, $"{labels.Count} labels were given, its output {output} has {classes} classes");
        if (options.Labels is null && classes > 1)
            throw new ModelException(id, $"its output {output} has {classes} classes; say which, in order, with labels");
        // A single number is taken as it is; several are taken for logits, since that is what exporters write.
        string? activation = classes > 1 ? "softmax" : null;
        if (activation is not null)
            assumed.Add($"activation {activation}");
        if (kind is not (ModelKind.Quality or ModelKind.Landmarks or ModelKind.Pose or ModelKind.Eyes))
        {
            input = input with { Crop = new(ModelCrop.Square, AssumedCropScale) };
            assumed.Add(FormattableString.Invariant($"a square crop of {AssumedCropScale} times the face's box"));
        }
        Dictionary<string, ModelTensor> outputs = new()
        {
            [output.Name] = Tensor(role, classes) with { Labels = options.Labels, Activation = activation },
        };
        return new(NewManifest(id, path, kind, options, input, new() { Outputs = outputs, Labels = options.Labels }), assumed);
    }

    private static ModelInput Input(
        string id,
        NetworkSignature signature,
        ImportOptions options,
        List<string> assumed,
        string channels,
        float[] mean,
        float[] scale,
        int otherwiseSide
    )
    {
        ImageInput input = signature.RequireImage(id, options.Size ?? 0, options.Size ?? 0);
        if (options.Channels is null)
            assumed.Add($"channels {channels}");
        if (options.Mean is null)
            assumed.Add($"mean {string.Join(',', mean)}");
        if (options.Scale is null)
            assumed.Add($"scale {string.Join(',', scale)}");
        int width = options.Size ?? (input.Width > 0 ? input.Width : otherwiseSide),
            height = options.Size ?? (input.Height > 0 ? input.Height : otherwiseSide);
        if (options.Size is null && input.AnySize && otherwiseSide > 0)
            assumed.Add($"size {otherwiseSide}");
        return new()
        {
            Width = width,
            Height = height,
            Channels = (options.Channels ?? channels).ToUpperInvariant(),
            Mean = Three(id, "mean", options.Mean ?? mean),
            Scale = Three(id, "scale", options.Scale ?? scale),
        };
    }

    private static ModelManifest NewManifest(
        string id,
        string path,
        ModelKind kind,
        ImportOptions options,
        ModelInput input,
        ModelOutput output
    ) =>
        new()
        {
            Id = id,
            Kinds = [kind],
            Files = new Dictionary<string, ModelFile>(),
            License = options.License ?? UnknownLicense,
            CommercialUse = LicenseTerms.PermitCommercialUse(options.License ?? UnknownLicense),
            Origin = $"imported from {Path.GetFileName(path)}",
            TrainingData = UnknownLicense,
            Input = input,
            Output = output,
        };

    private static ModelManifest Overridden(ModelManifest manifest, ImportOptions options, string path)
    {
        ModelInput input = manifest.Input with
        {
            Channels = options.Channels?.ToUpperInvariant() ?? manifest.Input.Channels,
            Mean = options.Mean is { } mean ? Three(manifest.Id, "mean", mean) : manifest.Input.Mean,
            Scale = options.Scale is { } scale ? Three(manifest.Id, "scale", scale) : manifest.Input.Scale,
            Width = options.Size ?? manifest.Input.Width,
            Height = options.Size ?? manifest.Input.Height,
        };
        // Vectors of pixels that go in otherwise are others.
        bool sameVectors =
            input.Channels == manifest.Input.Channels
            && input.Mean.SequenceEqual(manifest.Input.Mean)
            && input.Scale.SequenceEqual(manifest.Input.Scale);
        return manifest with
        {
            Kinds = options.Kind is { } kind ? [kind] : manifest.Kinds,
            License = options.License ?? manifest.License,
            CommercialUse = options.License is { } license ? LicenseTerms.PermitCommercialUse(license) : manifest.CommercialUse,
            Contract = manifest.Contract is null || sameVectors ? manifest.Contract : ContractOf(manifest.Id, input, path),
            Input = input,
            Output = options.Labels is { } labels ? manifest.Output with { Labels = labels } : manifest.Output,
        };
    }

    private static string? FindManifest(string path, string? given)
    {
        if (given is not null)
            return File.Exists(given) ? given : throw new ModelException(given, "there is no such manifest");
        string named = Path.ChangeExtension(path, ".json");
        if (File.Exists(named))
            return named;
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, InstalledModel.ManifestName);
        return File.Exists(beside) && ModelManifest.Read(beside).Files.Values.Any(file => file.File == Path.GetFileName(path))
            ? beside
            : null;
    }

    private static float[] Three(string id, string what, IReadOnlyList<float> values) =>
        values.Count switch
        {
            1 => [values[0], values[0], values[0]],
            3 => [.. values],
            _ => throw new ModelException(id, $"its {what} needs one number or three, got {values.Count}"),
        };

    private static ModelTensor Tensor(string role, int values) =>
        new(
            role,
            [
                JsonDocument.Parse("\"N\"").RootElement,
                JsonDocument.Parse(values.ToString(System.Globalization.CultureInfo.InvariantCulture)).RootElement,
            ]
        );

    private static string Kinds() => string.Join(", ", Enum.GetNames<ModelKind>().Select(JsonNamingPolicy.CamelCase.ConvertName));
}
