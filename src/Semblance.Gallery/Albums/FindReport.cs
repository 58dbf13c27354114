namespace Semblance.Gallery.Albums;

/// <summary>The outcome of a search in an album.</summary>
/// <param name="Found">The best first.</param>
/// <param name="Pictures">Pictures that were searched.</param>
/// <param name="Faces">Faces that were compared.</param>
/// <param name="Failed">Pictures that could not be analysed.</param>
public sealed record FindReport(IReadOnlyList<FoundPicture> Found, int Pictures, int Faces, IReadOnlyList<ImageAnalysis> Failed)
{
    /// <summary>Faces of strangers that are expected among the matches by mistake: comparisons times the false match rate; null for an own
    /// threshold.</summary>
    public double? ExpectedMistakes => Found.Count > 0 && Found[0].Decision.FalseMatchRate is { } rate ? rate * Faces : null;
}
