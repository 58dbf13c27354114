namespace Semblance.Gallery.Albums;

/// <summary>What was done.</summary>
public enum FilingStepKind
{
    /// <summary>A folder was made.</summary>
    Folder,

    /// <summary>A file was copied.</summary>
    Copy,

    /// <summary>A symbolic link was made.</summary>
    Link,

    /// <summary>A file was moved.</summary>
    Move,
}
