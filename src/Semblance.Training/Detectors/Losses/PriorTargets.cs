using System.Numerics;
using Semblance.Geometry;

namespace Semblance.Training.Detectors.Losses;

/// <summary>What every prior of a picture has to say.</summary>
/// <param name="Kinds">By prior; see the constants.</param>
/// <param name="Boxes">[priors * 4], encoded; 0 where there is no face.</param>
/// <param name="Landmarks">[priors * 10], encoded; 0 where there are none.</param>
internal sealed record PriorTargets(sbyte[] Kinds, float[] Boxes, float[] Landmarks)
{
    /// <summary>Kinds of priors.</summary>
    public const sbyte Background = 0,
        Face = 1,
        FaceWithoutLandmarks = -1,
        Ignored = 2;

    /// <summary>Overlap from which a prior is taken for a face's.</summary>
    public const float MatchOverlap = 0.35f;

    /// <summary>A face whose best prior overlaps it less than this is not looked for.</summary>
    public const float LeastOverlap = 0.2f;

    /// <summary>Part of a prior on an ignored face from which it is no background.</summary>
    private const float IgnoredPart = 0.3f;

    /// <summary>Matches the faces of a picture with its priors.</summary>
    /// <param name="priors">All priors.</param>
    /// <param name="faces">All faces.</param>
    public static PriorTargets Match(Prior[] priors, IReadOnlyList<LabelledFace> faces)
    {
        sbyte[] kinds = new sbyte[priors.Length];
        float[] boxes = new float[priors.Length * 4],
            landmarks = new float[priors.Length * 10];
        LabelledFace[] sought = [.. faces.Where(face => !face.Ignored)];
        float[] overlap = new float[priors.Length];
        int[] owner = new int[priors.Length];
        int[] bestPrior = new int[sought.Length];
        bool any = false;
        List<int> forced = [];
        for (int f = 0; f < sought.Length; f++)
        {
            float best = -1;
            for (int p = 0; p < priors.Length; p++)
            {
                float common = Overlap(priors[p], sought[f].Box);
                if (common > overlap[p])
                    (overlap[p], owner[p]) = (common, f);
                if (common > best)
                    (best, bestPrior[f]) = (common, p);
            }
            if (best >= LeastOverlap)
            {
                forced.Add(bestPrior[f]);
                any = true;
            }
        }
        if (any)
        {
            foreach (int p in forced)
                overlap[p] = 2;
            // Also a face that is not looked for takes its best prior over, as in the official code.
            for (int f = 0; f < sought.Length; f++)
                owner[bestPrior[f]] = f;
            for (int p = 0; p < priors.Length; p++)
            {
                if (overlap[p] < MatchOverlap)
                    continue;
                LabelledFace face = sought[owner[p]];
                kinds[p] = face.Landmarks is null ? FaceWithoutLandmarks : Face;
                Encode(priors[p], face, boxes.AsSpan(p * 4, 4), landmarks.AsSpan(p * 10, 10));
            }
        }
        foreach (LabelledFace face in faces.Where(face => face.Ignored))
            for (int p = 0; p < priors.Length; p++)
                if (kinds[p] == Background && PartOn(priors[p], face.Box) >= IgnoredPart)
                    kinds[p] = Ignored;
        return new(kinds, boxes, landmarks);
    }

    private static void Encode(Prior prior, LabelledFace face, Span<float> box, Span<float> points)
    {
        float reach = PriorGrid.CenterVariance * prior.Side;
        box[0] = (face.Box.X + face.Box.Width / 2 - prior.X) / reach;
        box[1] = (face.Box.Y + face.Box.Height / 2 - prior.Y) / reach;
        box[2] = MathF.Log(face.Box.Width / prior.Side) / PriorGrid.SizeVariance;
        box[3] = MathF.Log(face.Box.Height / prior.Side) / PriorGrid.SizeVariance;
        if (face.Landmarks is null)
            return;
        for (int k = 0; k < face.Landmarks.Count; k++)
        {
            Vector2 point = (face.Landmarks[k] - new Vector2(prior.X, prior.Y)) / reach;
            (points[2 * k], points[2 * k + 1]) = (point.X, point.Y);
        }
    }

    private static float Common(Prior prior, FaceBox box)
    {
        float half = prior.Side / 2;
        float width = Math.Min(prior.X + half, box.X + box.Width) - Math.Max(prior.X - half, box.X);
        float height = Math.Min(prior.Y + half, box.Y + box.Height) - Math.Max(prior.Y - half, box.Y);
        return width > 0 && height > 0 ? width * height : 0;
    }

    private static float Overlap(Prior prior, FaceBox box)
    {
        float common = Common(prior, box);
        return common == 0 ? 0 : common / (prior.Side * prior.Side + box.Width * box.Height - common);
    }

    /// <summary>The common area as a part of the smaller of the two.</summary>
    private static float PartOn(Prior prior, FaceBox box) =>
        Common(prior, box) / Math.Max(1e-6f, Math.Min(prior.Side * prior.Side, box.Width * box.Height)) is var part
        && prior.Side <= 4 * Math.Max(box.Width, box.Height)
            ? part
            : 0;
}
