namespace Semblance.Imaging;

/// <summary>An upright image to look for faces in.</summary>
public sealed partial class FaceImage : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() { }
}
