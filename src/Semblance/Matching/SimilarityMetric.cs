using System.Text.Json.Serialization;
using Semblance.Writing;

namespace Semblance.Matching;

/// <summary>How a comparison is expressed.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<SimilarityMetric>))]
public enum SimilarityMetric
{
    /// <summary>Cosine of the angle, -1 to 1; larger is more alike.</summary>
    Cosine,

    /// <summary>Length of the difference of the unit vectors, 0 to 2; smaller is more alike. Equals sqrt(2 - 2 cosine).</summary>
    L2,
}
