using System.Numerics;
using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance;

/// <summary>Chooses the faces of a picture that take part in a comparison.</summary>
internal sealed class FaceSelection(FaceChoice choice)
{
    /// <summary>The chosen ones of the faces found, as indexes.</summary>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="image">The picture.</param>
    /// <param name="faces">The faces found in it.</param>
    /// <exception cref="SeveralFacesException"><see cref="FaceChoice.Only"/> and there are more than one.</exception>
    public IReadOnlyList<int> Choose(string name, FaceImage image, IReadOnlyList<DetectedFace> faces)
    {
        if (faces.Count == 0)
            return [];
        IEnumerable<int> all = Enumerable.Range(0, faces.Count);
        Vector2 center = new((image.Width - 1) / 2f, (image.Height - 1) / 2f);
        return choice switch
        {
            FaceChoice.Largest => [all.MaxBy(i => faces[i].Box.Area)],
            FaceChoice.Center => [all.MinBy(i => Vector2.DistanceSquared(faces[i].Box.Center, center))],
            FaceChoice.Only => faces.Count == 1 ? [0] : throw new SeveralFacesException(name, faces.Count),
            _ => [.. all],
        };
    }
}
