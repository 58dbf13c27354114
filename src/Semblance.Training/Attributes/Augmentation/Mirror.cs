namespace Semblance.Training.Attributes.Augmentation;

/// <summary>Whether left and right change places.</summary>
internal enum Mirror
{
    /// <summary>As it is.</summary>
    No,

    /// <summary>Mirrored.</summary>
    Yes,
}
