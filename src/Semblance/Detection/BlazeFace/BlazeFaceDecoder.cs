using System.Numerics;

namespace Semblance.Detection.BlazeFace;

/// <summary>From the network's raw numbers to boxes and points in pixels of its input.</summary>
internal sealed class BlazeFaceDecoder(int inputSize, Vector2[] anchors)
{
    /// <summary>Right eye, left eye, nose tip, mouth centre, right ear tragion, left ear tragion.</summary>
    public const int Keypoints = 6;

    /// <summary>Numbers of one anchor: centre, size, six points.</summary>
    public const int ValuesPerAnchor = 4 + 2 * Keypoints;

    /// <summary>Raw scores are cut to this before the sigmoid, as MediaPipe does.</summary>
    private const float ScoreClip = 100;

    /// <summary>Decodes every anchor that scores at least <paramref name="minScore"/>.</summary>
    /// <param name="regressors">[anchors, 16]: x and y of the centre, width, height, six times x, y; in pixels of the input, relative to
    /// the anchor.</param>
    /// <param name="logits">[anchors].</param>
    /// <param name="minScore">Lowest score, 0 to 1.</param>
    public List<BlazeFaceCandidate> Decode(ReadOnlySpan<float> regressors, ReadOnlySpan<float> logits, float minScore)
    {
        List<BlazeFaceCandidate> found = [];
        for (int i = 0; i < anchors.Length; i++)
        {
            float score = 1 / (1 + MathF.Exp(-Math.Clamp(logits[i], -ScoreClip, ScoreClip)));
            if (!(score >= minScore))
                continue;
            ReadOnlySpan<float> raw = regressors.Slice(i * ValuesPerAnchor, ValuesPerAnchor);
            Vector2 origin = anchors[i] * inputSize;
            Vector2[] points = new Vector2[2 + Keypoints];
            Vector2 center = origin + new Vector2(raw[0], raw[1]),
                half = new Vector2(raw[2], raw[3]) / 2;
            (points[0], points[1]) = (center - half, center + half);
            for (int k = 0; k < Keypoints; k++)
                points[2 + k] = origin + new Vector2(raw[4 + 2 * k], raw[5 + 2 * k]);
            found.Add(new(score, points));
        }
        return found;
    }
}

/// <summary>One decoded anchor.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Points">Top left and bottom right corner of the box, then the keypoints; averaged together when candidates are
/// merged.</param>
internal sealed record BlazeFaceCandidate(float Score, Vector2[] Points)
{
    public FaceBox Box => FaceBox.FromCorners(Points[0].X, Points[0].Y, Points[1].X, Points[1].Y);
}
