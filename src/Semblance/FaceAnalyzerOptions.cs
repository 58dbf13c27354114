using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using static System.FormattableString;

namespace Semblance;

/// <summary>All settings of an analyzer, for dependency injection and configuration.</summary>
/// <remarks>An analyzer takes a copy when it is built; what is changed afterwards changes nothing of it.</remarks>
public sealed class FaceAnalyzerOptions
{
    /// <summary>The embedder that is used when none is named.</summary>
    public const string DefaultEmbedder = "mobilefacenet-512";

    /// <summary>Catalogue id of the detector; null for <see cref="FaceDetectors.DefaultIn"/> the catalogue.</summary>
    public string? Detector { get; set; }

    /// <summary>Catalogue id of the embedder.</summary>
    public string Embedder { get; set; } = DefaultEmbedder;

    /// <summary>Catalogue ids of the models that are asked for attributes, by kind.</summary>
    public IDictionary<ModelKind, string> AttributeModels { get; } =
        AttributeDescriptor.All.ToDictionary(attribute => attribute.Kind, attribute => attribute.DefaultModel);

    /// <summary>Which answer of an attribute model counts.</summary>
    public AttributeOptions Attributes { get; set; } = new();

    /// <summary>What the detector looks for.</summary>
    public DetectionOptions Detection { get; set; } = DetectionOptions.Default;

    /// <summary>Faces of one picture that are described at most, a picture with more is refused; null for all.</summary>
    public int? FaceLimit { get; set; }

    /// <summary>How images are read.</summary>
    public ImageDecodingOptions Decoding { get; set; } = new();

    /// <summary>How crops are cut.</summary>
    public AlignmentOptions Alignment { get; set; } = new();

    /// <summary>How crops become vectors.</summary>
    public EmbeddingOptions Embedding { get; set; } = new();

    /// <summary>Where networks run.</summary>
    public ExecutionOptions Execution { get; set; } = new();

    /// <summary>Where models are looked up.</summary>
    public ModelCatalog Catalog { get; set; } = ModelCatalog.Default;

    /// <summary>What the models are to be used for: with <see cref="ModelUse.Commercial"/> only those whose terms permit it are
    /// taken.</summary>
    public ModelUse Use { get; set; }

    /// <summary>The same settings, on their own: what is set in one is not set in the other.</summary>
    internal FaceAnalyzerOptions Copy()
    {
        FaceAnalyzerOptions copy = new()
        {
            Detector = Detector,
            Embedder = Embedder,
            Attributes = Attributes,
            Detection = Detection,
            FaceLimit = FaceLimit,
            Decoding = Decoding,
            Alignment = Alignment,
            Embedding = Embedding,
            Execution = Execution,
            Catalog = Catalog,
            Use = Use,
        };
        foreach ((ModelKind kind, string id) in AttributeModels)
            copy.AttributeModels[kind] = id;
        return copy;
    }

    /// <summary>Everything that is wrong, by name.</summary>
    internal IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        if (Detector is not null && string.IsNullOrWhiteSpace(Detector))
            problems.Add($"{nameof(Detector)} names no model");
        if (string.IsNullOrWhiteSpace(Embedder))
            problems.Add($"{nameof(Embedder)} names no model");
        if (Execution.Threads < 1)
            problems.Add($"{nameof(Execution)}.{nameof(Execution.Threads)} is {Execution.Threads}, at least 1 is needed");
        if (Execution.Concurrency < 1)
            problems.Add($"{nameof(Execution)}.{nameof(Execution.Concurrency)} is {Execution.Concurrency}, at least 1 is needed");
        if (Execution.IntraOpThreads < 1)
            problems.Add($"{nameof(Execution)}.{nameof(Execution.IntraOpThreads)} is {Execution.IntraOpThreads}, at least 1 is needed");
        if (!Enum.IsDefined(Use))
            problems.Add($"{nameof(Use)} is {Use}, which is not known");
        if (!Enum.IsDefined(Execution.Provider))
            problems.Add($"{nameof(Execution)}.{nameof(Execution.Provider)} is {Execution.Provider}, which is not known");
        if (Detection.MinScore is < 0 or > 1 or float.NaN)
            problems.Add(Invariant($"{nameof(Detection)}.{nameof(Detection.MinScore)} is {Detection.MinScore}, 0 to 1 is needed"));
        if (Detection.MinFaceSize is <= 0 or float.NaN)
            problems.Add(
                Invariant($"{nameof(Detection)}.{nameof(Detection.MinFaceSize)} is {Detection.MinFaceSize}, more than 0 is needed")
            );
        if (!Enum.IsDefined(Detection.Turns))
            problems.Add($"{nameof(Detection)}.{nameof(Detection.Turns)} is {Detection.Turns}, which is not known");
        if (FaceLimit < 1)
            problems.Add($"{nameof(FaceLimit)} is {FaceLimit}, at least 1 is needed");
        if (Decoding.PixelLimit < 1)
            problems.Add($"{nameof(Decoding)}.{nameof(Decoding.PixelLimit)} is {Decoding.PixelLimit}, at least 1 is needed");
        return problems;
    }

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate() => InvalidOptionsException.ThrowIfAny(nameof(FaceAnalyzerOptions), FindProblems());
}
