namespace Semblance;

/// <summary>A face was needed and the picture has none that the detector finds.</summary>
public sealed class NoFaceException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public NoFaceException(string source)
        : base($"{source}: no face was found; faces should be at least 20 pixels high and not turned away from the camera") =>
        ImageSource = source;

    /// <summary>File name, or what the caller named the image.</summary>
    public string ImageSource { get; }

    /// <inheritdoc/>
    public override string Code => "no-face";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.NoFace;
}
