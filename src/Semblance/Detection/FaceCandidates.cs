using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Semblance.Detection;

/// <summary>Boxes that a one-look detector decoded, before suppression, in pixels of its input.</summary>
/// <param name="landmarks">Where their landmarks come from.</param>
internal sealed class FaceCandidates(LandmarksSource landmarks)
{
    private readonly List<Vector128<float>> _boxes = [];
    private readonly List<float> _scores = [];
    private readonly List<FaceLandmarks> _landmarks = [];

    /// <summary>How many there are.</summary>
    public int Count => _boxes.Count;

    /// <summary>Adds one.</summary>
    /// <param name="corner">Left and top.</param>
    /// <param name="opposite">Right and bottom.</param>
    /// <param name="score">0 to 1.</param>
    /// <param name="points">Its landmarks; all zero where the detector has none.</param>
    public void Add(Vector2 corner, Vector2 opposite, float score, in FaceLandmarks points)
    {
        _boxes.Add(Vector128.Create(corner.X, corner.Y, opposite.X, opposite.Y));
        _scores.Add(score);
        _landmarks.Add(points);
    }

    /// <summary>The faces that suppression leaves, in pixels of the full image, highest score first.</summary>
    /// <param name="view">How the input lies on the image.</param>
    /// <param name="overlap">A box goes when its overlap with a better one is larger; sides count whole pixels (+1), in pixels of the
    /// image.</param>
    /// <param name="candidateLimit">At most so many of the best go into suppression.</param>
    /// <param name="faceLimit">At most so many come out.</param>
    public List<DetectedFace> ToFaces(in NetworkView view, float overlap, int candidateLimit, int faceLimit)
    {
        if (Count > candidateLimit)
            KeepBest(candidateLimit);
        Span<Vector128<float>> boxes = CollectionsMarshal.AsSpan(_boxes);
        foreach (ref Vector128<float> box in boxes)
        {
            Vector2 corner = view.ToImage(new(box[0], box[1])),
                opposite = view.ToImage(new(box[2], box[3]));
            box = Vector128.Create(corner.X, corner.Y, opposite.X, opposite.Y);
        }
        List<DetectedFace> faces = [];
        NetworkView map = view;
        foreach (int i in NonMaximumSuppression.Select(boxes, CollectionsMarshal.AsSpan(_scores), overlap, OverlapMeasure.UnionInclusive))
        {
            if (faces.Count == faceLimit)
                break;
            FaceLandmarks points = landmarks == LandmarksSource.None ? default : _landmarks[i].Select(map.ToImage);
            faces.Add(
                new(FaceBox.FromCorners(boxes[i][0], boxes[i][1], boxes[i][2], boxes[i][3]), _scores[i], points)
                {
                    LandmarksSource = landmarks,
                }
            );
        }
        return faces;
    }

    private void KeepBest(int limit)
    {
        int[] best = [.. Enumerable.Range(0, Count).OrderByDescending(i => _scores[i]).Take(limit)];
        Vector128<float>[] boxes = [.. best.Select(i => _boxes[i])];
        float[] scores = [.. best.Select(i => _scores[i])];
        FaceLandmarks[] points = [.. best.Select(i => _landmarks[i])];
        CollectionsMarshal.SetCount(_boxes, limit);
        CollectionsMarshal.SetCount(_scores, limit);
        CollectionsMarshal.SetCount(_landmarks, limit);
        boxes.CopyTo(CollectionsMarshal.AsSpan(_boxes));
        scores.CopyTo(CollectionsMarshal.AsSpan(_scores));
        points.CopyTo(CollectionsMarshal.AsSpan(_landmarks));
    }
}
