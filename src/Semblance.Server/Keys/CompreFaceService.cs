namespace Semblance.Server.Keys;

/// <summary>The service of CompreFace that a key is for; CompreFace has one key for each.</summary>
public enum CompreFaceService
{
    /// <summary>Recognition: subjects, faces, recognize.</summary>
    Recognition,

    /// <summary>Detection alone.</summary>
    Detection,

    /// <summary>Verification of two pictures.</summary>
    Verification,
}
