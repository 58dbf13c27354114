using System.Text.Json.Serialization;
using Semblance.Attributes;
using Semblance.Detection;

namespace Semblance.Evaluation.Running;

/// <summary>What was estimated about the face of a picture that is evaluated.</summary>
public sealed record AttributeRecord
{
    /// <summary>Why there is no face to estimate: none was found, or the picture cannot be read; null where there is one.</summary>
    public string? NoFace { get; init; }

    /// <summary>Whether the picture cannot be read. Such results are not kept.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Left, top, width, height, score, and ten coordinates of landmarks of the face that was judged, the whole of a crop with
    /// landmarks at 0; null without a face.</summary>
    public float[]? Values { get; init; }

    /// <summary>Age in years, and the two ends of the interval where the model gives one; null where it is unknown.</summary>
    public double[]? Years { get; init; }

    /// <summary>The perceived gender's label; null where it is unknown.</summary>
    public string? Gender { get; init; }

    /// <summary>Its probability.</summary>
    public double GenderProbability { get; init; }

    /// <summary>Probabilities of the expressions; null where it is unknown.</summary>
    public Dictionary<string, double>? Expression { get; init; }

    /// <summary>Why an attribute is unknown, by its name.</summary>
    public Dictionary<string, string> Unknown { get; init; } = [];

    /// <summary>Milliseconds that the estimate took.</summary>
    public double Milliseconds { get; init; }

    /// <summary>The face that was judged; null without one.</summary>
    [JsonIgnore]
    public DetectedFace? Face => Values is { } values ? FaceValues.Read(values) : null;

    /// <summary>The age as it was estimated.</summary>
    [JsonIgnore]
    public AttributeEstimate<AgeEstimate> Age =>
        Years is { } years
            ? AttributeEstimate.Of(new AgeEstimate(years[0], years[1..]))
            : AttributeEstimate.NotKnown<AgeEstimate>(Why("age"));

    /// <summary>The perceived gender as it was estimated.</summary>
    [JsonIgnore]
    public AttributeEstimate<GenderEstimate> PerceivedGender =>
        Gender is { } label
            ? AttributeEstimate.Of(new GenderEstimate(label, GenderProbability))
            : AttributeEstimate.NotKnown<GenderEstimate>(Why("gender"));

    /// <summary>The expression as it was estimated.</summary>
    [JsonIgnore]
    public AttributeEstimate<EmotionEstimate> Emotion =>
        Expression is { } probabilities
            ? AttributeEstimate.Of(new EmotionEstimate(probabilities.MaxBy(p => p.Value).Key, probabilities))
            : AttributeEstimate.NotKnown<EmotionEstimate>(Why("emotion"));

    /// <summary>A record of estimates.</summary>
    /// <param name="judged">The face.</param>
    /// <param name="face">What a model says; null for attributes that were not asked for.</param>
    /// <param name="milliseconds">How long it took.</param>
    public static AttributeRecord Of(DetectedFace judged, FaceAttributes face, double milliseconds)
    {
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(face);
        Dictionary<string, string> unknown = [];
        Note("age", face.Age?.Unknown);
        Note("gender", face.Gender?.Unknown);
        Note("emotion", face.Emotion?.Unknown);
        return new()
        {
            Values = FaceValues.Of(judged.Box, judged.Score, judged.Landmarks),
            Years = face.Age?.Value is { } age ? [age.Years, .. age.Interval80] : null,
            Gender = face.Gender?.Value?.Label,
            GenderProbability = face.Gender?.Value?.Probability ?? 0,
            Expression = face.Emotion?.Value is { } emotion ? new(emotion.Probabilities) : null,
            Unknown = unknown,
            Milliseconds = milliseconds,
        };

        void Note(string attribute, string? why)
        {
            if (why is not null)
                unknown[attribute] = why;
        }
    }

    private string Why(string attribute) => NoFace ?? Unknown.GetValueOrDefault(attribute) ?? "not asked for";
}
