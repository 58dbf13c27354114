using System.Globalization;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using SkiaSharp;

namespace Semblance.Caching;

/// <summary>
/// Everything that a result depends on beside the picture: the code, by the identity that every build of other code has (so that no release
/// answers with what an earlier one computed), the networks that are asked with the hashes of their weights and with what their manifests
/// say, and all options of detection, alignment, embedding and attributes.
/// </summary>
/// <remarks>
/// Results may differ in the last digits between machines and numbers of threads; they are not told apart.
/// </remarks>
public sealed class ResultMaker
{
    private ResultMaker(IEnumerable<string> parts) => Text = string.Join('\n', parts);

    /// <summary>All of it, a line each.</summary>
    public string Text { get; }

    /// <summary>What makes analyses of whole pictures.</summary>
    /// <param name="analyzer">
    /// The analyzer. One that is not a <see cref="FaceAnalyzer"/> does not say how it looks for faces: name that among the others.
    /// </param>
    /// <param name="options">What is found out.</param>
    /// <param name="others">What else results depend on.</param>
    /// <exception cref="ModelException">A network that would be asked is not installed.</exception>
    public static ResultMaker OfPictures(IFaceAnalyzer analyzer, AnalysisOptions options, params IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(options);
        FaceAnalyzerParts? parts = (analyzer as FaceAnalyzer)?.Parts;
        ModelCatalog catalog = parts?.Catalog ?? ModelCatalog.Default;
        return new([
            .. CodeOf(analyzer),
            $"features {options.Features}, face {options.FaceChoice}",
            $"detector {ModelOf(analyzer.Detector.Id, analyzer.Detector, catalog, isScored: true)}",
            .. parts is null ? (IEnumerable<string>)[] : [DetectionOf(parts.Detection), $"decoders {DecodersOf(parts.Decoding)}"],
            .. NetworksOf(analyzer, parts, options.Features, catalog),
            .. others,
        ]);
    }

    /// <summary>What makes analyses of face crops, in which nothing is detected.</summary>
    /// <param name="analyzer">The analyzer, or whose networks are used.</param>
    /// <param name="features">What is found out.</param>
    /// <param name="others">What else results depend on.</param>
    /// <exception cref="ModelException">A network that would be asked is not installed.</exception>
    public static ResultMaker OfCrops(IFaceAnalyzer analyzer, FaceFeatures features, params IReadOnlyList<string> others)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        FaceAnalyzerParts? parts = (analyzer as FaceAnalyzer)?.Parts;
        return new([
            .. CodeOf(analyzer),
            $"features {features} of crops",
            .. NetworksOf(analyzer, parts, features, parts?.Catalog ?? ModelCatalog.Default),
            .. others,
        ]);
    }

    /// <summary>What makes results in which no network takes part.</summary>
    /// <param name="parts">All that they depend on.</param>
    public static ResultMaker Of(params IReadOnlyList<string> parts) => new(parts);

    /// <summary>A type's code: its assembly with the identity of this very build.</summary>
    /// <param name="type">The type.</param>
    public static string CodeOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return $"{type.Assembly.GetName().Name} {type.Module.ModuleVersionId:N}";
    }

    /// <summary>Options of detection in words.</summary>
    /// <param name="detection">The options.</param>
    public static string DetectionOf(DetectionOptions detection)
    {
        ArgumentNullException.ThrowIfNull(detection);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"detection from score {detection.MinScore:R}, face {detection.MinFaceSize:R}, turns {detection.Turns}"
        );
    }

    /// <summary>Readers of further formats, by their code.</summary>
    /// <param name="decoding">How pictures are decoded.</param>
    public static string DecodersOf(ImageDecodingOptions decoding)
    {
        ArgumentNullException.ThrowIfNull(decoding);
        return string.Join(", ", decoding.Decoders.Select(decoder => CodeOf(decoder.GetType())));
    }

    private static IEnumerable<string> CodeOf(IFaceAnalyzer analyzer) =>
        new[] { typeof(ResultMaker), typeof(InferenceSession), typeof(SKBitmap), analyzer.GetType() }
            .Select(type => "code " + CodeOf(type))
            .Distinct();

    private static IEnumerable<string> NetworksOf(
        IFaceAnalyzer analyzer,
        FaceAnalyzerParts? parts,
        FaceFeatures features,
        ModelCatalog catalog
    )
    {
        // Quality is measured by the embedder too where it was calibrated by norm.
        if ((features & (FaceFeatures.Embedding | FaceFeatures.Quality)) != 0)
            yield return $"embedder {analyzer.Embedder.Contract} "
                + ModelOf(analyzer.Embedder.Id, analyzer.Embedder, catalog, features.HasFlag(FaceFeatures.Quality));
        if (parts is null)
            yield break;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"crops of {parts.Options.Alignment.Size}, {parts.Options.Alignment.Prefilter}; on {parts.Options.Execution.Provider}"
        );
        foreach (IFaceAttributeModel model in AttributeDescriptor.Among(features).Select(a => parts.Attributes.For(a.Kind)).Distinct())
        {
            yield return $"attributes {ModelOf(model.Id, model, catalog, isScored: true)}; "
                + $"expressions of {parts.Options.Attributes.EmotionLabels}";
            if (catalog.Contains(model.Id) && catalog.Find(model.Id).Manifest.Input.Embedding is { } taken)
                yield return $"embedding {taken.Contract} {ModelOf(taken.Model, model, catalog, isScored: false)}, in the line "
                    + $"{analyzer.Embedder.Contract} {ModelOf(analyzer.Embedder.Id, analyzer.Embedder, catalog, isScored: false)}";
        }
    }

    /// <summary>A model by what its manifest says, the hashes of its weights with it; its figures change nothing.</summary>
    private static string ModelOf(string id, object model, ModelCatalog catalog, bool isScored)
    {
        string code = model.GetType().Assembly == typeof(ResultMaker).Assembly ? "" : " " + CodeOf(model.GetType());
        if (!catalog.Contains(id))
            return id + code;
        ModelManifest manifest = catalog.Find(id).Manifest with { Published = null, Measured = null };
        if (!isScored)
            manifest = manifest with
            {
                // Vectors do not depend on what is made of them.
                Schema = null,
                Calibration = null,
                Cohort = null,
                Files = manifest.Files.Where(file => file.Key != EmbeddingCohort.FileRole).ToDictionary(),
            };
        return $"{id} {ContentCache.HashOf(Encoding.UTF8.GetBytes(manifest.ToJsonLine()))}{code}";
    }
}
