namespace Semblance.Gallery.Albums;

/// <summary>How pictures get into their folders.</summary>
public enum FilingMode
{
    /// <summary>Copies; the album stays as it is.</summary>
    Copy,

    /// <summary>Symbolic links to the album, which stays as it is and must stay where it is.</summary>
    Link,

    /// <summary>Moved into the first of its folders, linked into the others.</summary>
    Move,
}
