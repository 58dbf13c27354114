namespace Semblance.Detection.Turns;

/// <summary>The faces of a picture, and the picture as each of them stands upright on it.</summary>
/// <param name="Faces">In pixels of the picture as it came, highest score first.</param>
/// <param name="Pictures">The picture, turned.</param>
internal sealed record FoundFaces(IReadOnlyList<DetectedFace> Faces, TurnedPictures Pictures) : IDisposable
{
    /// <summary>Gives the turned pictures back, not the one that came.</summary>
    public void Dispose() => Pictures.Dispose();
}
