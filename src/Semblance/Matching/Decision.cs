using System.Text.Json.Serialization;
using Semblance.Writing;

namespace Semblance.Matching;

/// <summary>The answer to whether two faces are of one person.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Decision>))]
public enum Decision
{
    /// <summary>One person: the score reaches the threshold.</summary>
    Same,

    /// <summary>Different people: the score does not reach the threshold.</summary>
    Different,

    /// <summary>The pictures do not allow an answer at the rate asked for; counts as not accepted.</summary>
    CannotTell,
}
