namespace Semblance;

/// <summary>A face was to be aligned, but its detector gives boxes without landmarks.</summary>
public sealed class NoLandmarksException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public NoLandmarksException()
        : base(
            "the detector gives boxes without landmarks, so faces cannot be aligned; use it to detect only, or take a detector whose "
                + "manifest has keypoints"
        ) { }

    /// <inheritdoc/>
    public override string Code => "no-landmarks";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Unsupported;
}
