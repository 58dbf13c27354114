using System.Numerics;
using Semblance.Imaging;

namespace Semblance.Detection.Turns;

/// <summary>Looks for turned faces in small copies of a picture: fast, and rough about where they are.</summary>
internal sealed class TurnProbe(IFaceDetector detector, FaceImage image)
{
    /// <summary>The smallest face of the copies, in their pixels: what the last network of a cascade sees.</summary>
    private const float WorkingFace = 48;

    /// <summary>In the whole picture faces are looked for from this part of its longer side on: a look costs MTCNN about a fiftieth of
    /// what it costs from 20 pixels on.</summary>
    private const float FacesAlongSide = 8;

    /// <summary>In the whole picture no smaller faces are looked for, in pixels: in small pictures a look would cost too much.</summary>
    private const float SmallestFace = 128;

    /// <summary>But faces that take this part of the longer side are looked for in pictures of any size.</summary>
    private const float LargePart = 0.4f;

    /// <summary>Around a face, faces are looked for from this part of its size on.</summary>
    private const float PartOfFace = 0.6f;

    /// <summary>Large faces of the whole picture that stand upright when it is turned.</summary>
    public IEnumerable<TurnedCandidate> Whole(CancellationToken cancellationToken)
    {
        int longest = Math.Max(image.Width, image.Height);
        float smallest = MathF.Max(MathF.Min(SmallestFace, longest * LargePart), longest / FacesAlongSide);
        return Look(Vector2.Zero, new(image.Width, image.Height), smallest, cancellationToken);
    }

    /// <summary>Faces where one was found that may not stand upright.</summary>
    public IEnumerable<TurnedCandidate> Around(DetectedFace face, CancellationToken cancellationToken)
    {
        float side = MathF.Max(face.Box.Width, face.Box.Height);
        Vector2 reach = new(side);
        return Look(face.Box.Center - reach, face.Box.Center + reach, side * PartOfFace, cancellationToken)
            .Where(candidate => candidate.IsSameFace(face));
    }

    private List<TurnedCandidate> Look(Vector2 from, Vector2 to, float smallest, CancellationToken cancellationToken)
    {
        ScaledPixels scaled = image.AtHand(Math.Min(1, WorkingFace / smallest));
        PixelView level = scaled.Pixels;
        (Vector2 a, Vector2 b) = (scaled.ToScaled(from), scaled.ToScaled(to));
        int left = Math.Clamp((int)a.X, 0, level.Width - 1),
            top = Math.Clamp((int)a.Y, 0, level.Height - 1),
            width = Math.Clamp((int)MathF.Ceiling(b.X), left + 1, level.Width) - left,
            height = Math.Clamp((int)MathF.Ceiling(b.Y), top + 1, level.Height) - top;
        int factor = Math.Clamp((int)(scaled.ScaleX * smallest / WorkingFace), 1, BoxReduction.LargestFactor);
        DetectionOptions options = new()
        {
            MinFaceSize = detector.ScalesByFace ? WorkingScale.SmallestFace : (float)(smallest * scaled.ScaleX / factor),
        };

        List<TurnedCandidate> candidates = [];
        (PixelView window, PixelBuffer owner) = BoxReduction.Reduce(level, left, top, width, height, factor);
        using (owner)
        {
            foreach (int degrees in QuarterTurn.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                QuarterTurn turn = new(degrees, window.Width, window.Height);
                using FaceImage upright = TurnedPictures.Turn(window, turn, image.Name);
                candidates.AddRange(
                    detector
                        .Detect(upright, options, cancellationToken)
                        .Where(UprightFaces.LiesUpright)
                        .Select(face => new TurnedCandidate(degrees, face.Score, ToImage(turn.ToPicture(face).Box)))
                );
            }
        }
        return candidates;

        FaceBox ToImage(FaceBox box)
        {
            Vector2 corner = Full(box.X, box.Y),
                opposite = Full(box.Right, box.Bottom);
            return FaceBox.FromCorners(corner.X, corner.Y, opposite.X, opposite.Y);
        }

        Vector2 Full(float x, float y) => scaled.ToFullSize(new((x + 0.5f) * factor - 0.5f + left, (y + 0.5f) * factor - 0.5f + top));
    }
}
