namespace Semblance.Gallery.Conformance;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class SettableClock : TimeProvider
{
    private DateTimeOffset _now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
