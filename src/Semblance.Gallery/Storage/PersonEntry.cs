namespace Semblance.Gallery.Storage;

/// <summary>A person in a list.</summary>
/// <param name="Person">Who.</param>
/// <param name="References">How many references they have.</param>
/// <param name="Shown">The reference that stands for the person: the cover, else the oldest; null without one.</param>
public sealed record PersonEntry(Person Person, int References, Guid? Shown);
