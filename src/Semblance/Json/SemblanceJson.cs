using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Matching;

namespace Semblance.Json;

/// <summary>
/// The JSON form of results, the same on the command line and in the service: camelCase, absent values left out, coordinates in pixels with
/// two
/// decimals.
/// </summary>
public static class SemblanceJson
{
    /// <summary>Leaves names of files and people readable in any script; for JSON that is not put into HTML.</summary>
    public static JavaScriptEncoder Encoder { get; } = new ReadableEncoder();

    private static readonly ResultJson Compact = Create(indented: false);
    private static readonly ResultJson Indented = Create(indented: true);

    /// <summary>One line.</summary>
    public static string Serialize(ImageAnalysis analysis) => JsonSerializer.Serialize(analysis, Compact.ImageAnalysis);

    /// <summary>One line.</summary>
    public static string Serialize(VerificationResult result) => JsonSerializer.Serialize(result, Compact.VerificationResult);

    /// <summary>A document for people to read.</summary>
    public static string SerializeIndented(ImageAnalysis analysis) => JsonSerializer.Serialize(analysis, Indented.ImageAnalysis);

    /// <summary>A document for people to read.</summary>
    public static string SerializeIndented(VerificationResult result) => JsonSerializer.Serialize(result, Indented.VerificationResult);

    /// <summary>Reads what <see cref="Serialize(ImageAnalysis)"/> wrote.</summary>
    /// <exception cref="JsonException">It is no analysis.</exception>
    public static ImageAnalysis DeserializeAnalysis(string json) =>
        JsonSerializer.Deserialize(json, Compact.ImageAnalysis) ?? throw new JsonException("an analysis is an object");

    private static ResultJson Create(bool indented) =>
        new(
            new JsonSerializerOptions(ResultJson.Default.Options)
            {
                WriteIndented = indented,
                Encoder = Encoder,
                Converters =
                {
                    new PointConverter(),
                    new LandmarksConverter(),
                    new BoxConverter(),
                    new JsonStringEnumConverter<LandmarksSource>(JsonNamingPolicy.KebabCaseLower),
                    new JsonStringEnumConverter<SimilarityMetric>(JsonNamingPolicy.KebabCaseLower),
                    new JsonStringEnumConverter<Decision>(JsonNamingPolicy.KebabCaseLower),
                    new JsonStringEnumConverter<FaceChoice>(JsonNamingPolicy.KebabCaseLower),
                },
            }
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ImageAnalysis))]
[JsonSerializable(typeof(VerificationResult))]
[JsonSerializable(typeof(Vector2))]
[JsonSerializable(typeof(AgeEstimate))]
[JsonSerializable(typeof(GenderEstimate))]
[JsonSerializable(typeof(EmotionEstimate))]
[JsonSerializable(typeof(HeadPose))]
[JsonSerializable(typeof(FaceLandmarks68))]
internal sealed partial class ResultJson : JsonSerializerContext;
