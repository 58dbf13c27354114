namespace Semblance.Attributes;

/// <summary>Which answer is wanted where a network has several.</summary>
public sealed record AttributeOptions
{
    /// <summary>
    /// The label set whose idea of the seven expressions counts (<c>fer2013</c>, <c>ferplus</c>, <c>rafdb</c> in the pack's model); null
    /// (the default) for what the model answers by the kind of picture. The sets contradict each other, so comparing with one of them needs
    /// its own.
    /// </summary>
    public string? EmotionLabels { get; init; }
}
