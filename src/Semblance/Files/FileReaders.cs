namespace Semblance.Files;

/// <summary>Who may read a file that is written.</summary>
public enum FileReaders
{
    /// <summary>Whoever the system's defaults, or the mode of the file that is replaced, allow.</summary>
    AsUsual,

    /// <summary>Its owner alone, where there are modes (0600): faces, vectors and other biometric data.</summary>
    OwnerAlone,
}
