using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>
/// One attribute: what it is called, which model is asked for it, how a network's output becomes its estimate, where that stands, its JSON
/// and how it reads. The analyzer, the models, the options, evaluation and the doors go through <see cref="All"/> instead of knowing single
/// attributes.
/// </summary>
public sealed class AttributeDescriptor
{
    private readonly Func<FaceAttributes, FaceAttributes, FaceAttributes> _copy;
    private readonly Func<FaceAttributes, string, FaceAttributes> _notKnown;
    private readonly Func<FaceAttributes, string?> _text;
    private readonly Func<string, ModelTensor, AttributeSettings, BoxReader> _bind;

    private AttributeDescriptor(
        FaceFeatures feature,
        ModelKind kind,
        string defaultModel,
        Func<FaceAttributes, FaceAttributes, FaceAttributes> copy,
        Func<FaceAttributes, string, FaceAttributes> notKnown,
        Func<FaceAttributes, string?> text,
        Func<string, ModelTensor, AttributeSettings, BoxReader> bind,
        JsonConverter json
    )
    {
        (Feature, Kind, DefaultModel) = (feature, kind, defaultModel);
        (_copy, _notKnown, _text, _bind, Json) = (copy, notKnown, text, bind, json);
    }

    /// <summary>All attributes, in the order in which they are told.</summary>
    public static IReadOnlyList<AttributeDescriptor> All { get; } =
    [
        Create(
            FaceFeatures.Age,
            ModelKind.Age,
            "age-gender",
            f => f.Age,
            (f, v) => f with { Age = v },
            "apparent age",
            TextOf,
            BoxReaders.Age,
            AttributeJson.Default.AgeEstimate
        ),
        Create(
            FaceFeatures.Gender,
            ModelKind.Gender,
            "age-gender",
            f => f.Gender,
            (f, v) => f with { Gender = v },
            "perceived gender",
            gender => FormattableString.Invariant($"{gender.Label} {gender.Probability:0.00}"),
            BoxReaders.Gender,
            AttributeJson.Default.GenderEstimate
        ),
        Create(
            FaceFeatures.Emotion,
            ModelKind.Emotion,
            "emotion",
            f => f.Emotion,
            (f, v) => f with { Emotion = v },
            "expression",
            emotion => FormattableString.Invariant($"{emotion.Label} {emotion.Probabilities[emotion.Label]:0.00}"),
            BoxReaders.Emotion,
            AttributeJson.Default.EmotionEstimate
        ),
        Create(
            FaceFeatures.Pose,
            ModelKind.Pose,
            "head-pose",
            f => f.Pose,
            (f, v) => f with { Pose = v },
            "pose",
            pose => FormattableString.Invariant($"yaw {pose.Yaw:0}, pitch {pose.Pitch:0}, roll {pose.Roll:0}"),
            BoxReaders.Pose,
            AttributeJson.Default.HeadPose
        ),
        Create(
            FaceFeatures.Landmarks,
            ModelKind.Landmarks,
            "landmarks-68",
            f => f.Landmarks68,
            (f, v) => f with { Landmarks68 = v },
            "landmarks",
            landmarks => FormattableString.Invariant($"{landmarks.Points.Count}"),
            BoxReaders.Landmarks,
            AttributeJson.Default.FaceLandmarks68
        ),
        Create(
            FaceFeatures.Liveness,
            ModelKind.Liveness,
            "minifasnet-v2",
            f => f.Liveness,
            (f, v) => f with { Liveness = v },
            "liveness, not calibrated,",
            liveness => FormattableString.Invariant($"{liveness.Score:0.00}"),
            BoxReaders.Liveness,
            AttributeJson.Default.LivenessEstimate
        ),
    ];

    /// <summary>What asks for it.</summary>
    public FaceFeatures Feature { get; }

    /// <summary>The kind of model that gives it.</summary>
    public ModelKind Kind { get; }

    /// <summary>What people type and programs send to ask for it, e.g. <c>age</c>.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();

    /// <summary>Catalogue id of the model that is asked when none is named.</summary>
    public string DefaultModel { get; }

    /// <summary>Writes and reads its estimate.</summary>
    internal JsonConverter Json { get; }

    /// <summary>The attribute of a kind of model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is no attribute.</exception>
    public static AttributeDescriptor For(ModelKind kind) =>
        All.FirstOrDefault(attribute => attribute.Kind == kind)
        ?? throw new ArgumentOutOfRangeException(
            nameof(kind),
            kind,
            $"Attributes are {string.Join(", ", All.Select(attribute => attribute.Name))}."
        );

    /// <summary>The attributes among features.</summary>
    public static IEnumerable<AttributeDescriptor> Among(FaceFeatures features) =>
        All.Where(attribute => features.HasFlag(attribute.Feature));

    /// <summary>The estimate in words, e.g. <c>apparent age 34 (28 to 40)</c>, or why there is none; null where it was not asked
    /// for.</summary>
    public string? TextOf(FaceAttributes attributes) => _text(attributes);

    /// <summary>The estimate of one put into the other.</summary>
    internal FaceAttributes Copy(FaceAttributes from, FaceAttributes to) => _copy(from, to);

    /// <summary>Everything that stands in one put into the other.</summary>
    internal static FaceAttributes CopyAll(FaceAttributes from, FaceAttributes to) =>
        All.Aggregate(to, (face, attribute) => attribute.Copy(from, face));

    /// <summary>How an output of a network that sees a face's box is read.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="output">The manifest's entry.</param>
    /// <param name="settings">When an answer is given.</param>
    /// <exception cref="ModelException">The entry lacks something.</exception>
    internal BoxReader Bind(string model, ModelTensor output, AttributeSettings settings) => _bind(model, output, settings);

    /// <summary>With the reason in place of an estimate.</summary>
    internal FaceAttributes NotKnown(FaceAttributes attributes, string reason) => _notKnown(attributes, reason);

    /// <summary>The reason in place of an estimate for all that a model gives.</summary>
    internal static FaceAttributes NotKnown(IReadOnlyList<ModelKind> kinds, string reason) =>
        All.Where(attribute => kinds.Contains(attribute.Kind))
            .Aggregate(new FaceAttributes(), (face, attribute) => attribute.NotKnown(face, reason));

    private static AttributeDescriptor Create<T>(
        FaceFeatures feature,
        ModelKind kind,
        string defaultModel,
        Func<FaceAttributes, AttributeEstimate<T>?> get,
        Func<FaceAttributes, AttributeEstimate<T>?, FaceAttributes> set,
        string label,
        Func<T, string> text,
        Func<string, ModelTensor, AttributeSettings, BoxReader> bind,
        JsonTypeInfo<T> json
    )
        where T : class =>
        new(
            feature,
            kind,
            defaultModel,
            (from, to) => set(to, get(from)),
            (face, reason) => set(face, AttributeEstimate.NotKnown<T>(reason)),
            face =>
                get(face) is not { } estimate ? null
                : estimate.IsKnown ? $"{label} {text(estimate.Value)}"
                : $"{label} unknown ({estimate.Unknown})",
            bind,
            new AttributeEstimateConverter.Converter<T>(json)
        );

    private static string TextOf(AgeEstimate age) =>
        age.Interval80 is [var low, var high]
            ? FormattableString.Invariant($"{age.Years:0} ({low:0} to {high:0})")
            : FormattableString.Invariant($"{age.Years:0}");
}

/// <summary>The estimates themselves as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AgeEstimate))]
[JsonSerializable(typeof(GenderEstimate))]
[JsonSerializable(typeof(EmotionEstimate))]
[JsonSerializable(typeof(HeadPose))]
[JsonSerializable(typeof(FaceLandmarks68))]
[JsonSerializable(typeof(LivenessEstimate))]
internal sealed partial class AttributeJson : JsonSerializerContext;
