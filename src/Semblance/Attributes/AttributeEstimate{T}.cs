using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Semblance.Attributes;

/// <summary>An estimate, or the reason why there is none. In JSON the estimate itself, or <c>{ "unknown": "…" }</c>.</summary>
/// <typeparam name="T">What is estimated.</typeparam>
[JsonConverter(typeof(AttributeEstimateConverter))]
public sealed record AttributeEstimate<T>
    where T : class
{
    internal AttributeEstimate(T? value, string? unknown) => (Value, Unknown) = (value, unknown);

    /// <summary>The estimate; null when unknown.</summary>
    public T? Value { get; }

    /// <summary>Why the attribute cannot be judged, in words; null when there is an estimate.</summary>
    public string? Unknown { get; }

    /// <summary>Whether there is an estimate.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Unknown))]
    public bool IsKnown => Value is not null;
}
