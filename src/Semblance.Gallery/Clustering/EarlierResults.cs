namespace Semblance.Gallery.Clustering;

/// <summary>What happens to the results that an earlier clustering left in a folder.</summary>
public enum EarlierResults
{
    /// <summary>They stay, and the folder is refused.</summary>
    Keep,

    /// <summary>What the earlier document lists is replaced, when the new results are whole; all else in the folder stays.</summary>
    Replace,
}
