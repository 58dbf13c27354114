namespace Semblance.Detection.RetinaFace;

/// <summary>
/// Puts together what a detector found at its working scale and at a small one. A face larger than the largest anchor falls to pieces at
/// the working scale; at a small one it is found whole.
/// </summary>
internal static class CloseUps
{
    /// <summary>Part of a face of the working scale that lies on a large face from which it may be a piece of it.</summary>
    public const float PieceOverlap = 0.5f;

    /// <summary>Adds the faces that only the small scale shows whole, and takes away what lies on a surer large face and cannot be seen at
    /// the small scale: its pieces. What was found whole stays as it is.</summary>
    /// <param name="faces">Of the working scale.</param>
    /// <param name="small">Of the small scale.</param>
    /// <param name="smallest">Height in pixels of the picture from which a face is large.</param>
    /// <param name="sameFace">Intersection over union from which two boxes are one face.</param>
    public static List<DetectedFace> Merge(
        IReadOnlyList<DetectedFace> faces,
        IReadOnlyList<DetectedFace> small,
        float smallest,
        float sameFace
    )
    {
        DetectedFace[] large = [.. small.Where(face => face.Box.Height >= smallest)];
        return
        [
            .. faces
                .Where(face => IsAmong(small, face) || !large.Any(whole => IsPiece(face, whole)))
                .Concat(large.Where(face => !IsAmong(faces, face)))
                .OrderByDescending(face => face.Score),
        ];

        bool IsAmong(IReadOnlyList<DetectedFace> others, DetectedFace face) =>
            others.Any(other => other.Box.IntersectionOverUnion(face.Box) > sameFace);
    }

    private static bool IsPiece(DetectedFace face, DetectedFace whole) =>
        face.Score < whole.Score && PartOn(face.Box, whole.Box) >= PieceOverlap;

    private static float PartOn(in FaceBox piece, in FaceBox whole)
    {
        float width = MathF.Min(piece.Right, whole.Right) - MathF.Max(piece.X, whole.X),
            height = MathF.Min(piece.Bottom, whole.Bottom) - MathF.Max(piece.Y, whole.Y);
        return width > 0 && height > 0 ? width * height / MathF.Max(piece.Area, float.Epsilon) : 0;
    }
}
