namespace Semblance.Gallery.Storage;

/// <summary>A text that a store keeps for some time beside what is enrolled: what a change replaced, an answer that was given. It holds no
/// biometric data, and goes with the people it is about.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Key">Tells it from others of its kind.</param>
/// <param name="At">When it was written, to the millisecond.</param>
/// <param name="Text">What is to be kept.</param>
public sealed record StoreNote(string Kind, string Key, DateTimeOffset At, string Text)
{
    /// <summary>How long notes are kept.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(1);

    /// <summary>Whom it is about; null for nobody.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Whom else it is about; null for nobody.</summary>
    public Guid? OtherId { get; init; }

    /// <summary>Whether it is no longer kept at a time.</summary>
    public bool IsOverAt(DateTimeOffset time) => time - At > Lifetime;
}
