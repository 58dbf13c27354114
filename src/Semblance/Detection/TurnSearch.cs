namespace Semblance.Detection;

/// <summary>Whether faces are looked for that stand on their side or on their head, as in pictures that were saved without their
/// orientation.</summary>
public enum TurnSearch
{
    /// <summary>A picture is looked at turned by 90, 180 and 270 degrees where it has no face as it came, and where faces of it are
    /// doubtful.</summary>
    WhereDoubtful,

    /// <summary>Pictures are taken to stand upright.</summary>
    None,
}
