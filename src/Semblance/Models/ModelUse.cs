namespace Semblance.Models;

/// <summary>What models are to be used for, which decides among those that are installed.</summary>
public enum ModelUse
{
    /// <summary>Anything that the user answers for: every model may be taken.</summary>
    Any,

    /// <summary>Commercially: only models whose terms permit it are taken. One whose terms nobody knows is none of them.</summary>
    Commercial,
}
