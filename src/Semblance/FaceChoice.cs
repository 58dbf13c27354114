using System.Text.Json.Serialization;
using Semblance.Writing;

namespace Semblance;

/// <summary>Which face of a picture takes part in a verification.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<FaceChoice>))]
public enum FaceChoice
{
    /// <summary>The one with the largest box.</summary>
    Largest,

    /// <summary>The one whose box centre is nearest the picture's centre.</summary>
    Center,

    /// <summary>
    /// Every face: the most similar pair decides. The false match rate is shared among all comparisons, so the threshold rises with their
    /// number.
    /// </summary>
    All,

    /// <summary>There must be exactly one; several are an error.</summary>
    Only,
}
