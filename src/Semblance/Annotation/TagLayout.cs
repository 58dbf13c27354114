using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Finds places for the numbers of a crowd: beside the boxes where there is room, else in a corner of the box, away from faces and
/// from each other.</summary>
internal static class TagLayout
{
    /// <summary>The part of a box that a face fills, from its middle: the corners of a box show hair and background.</summary>
    private const float FacePart = 0.72f;

    /// <summary>Places the numbers.</summary>
    /// <param name="faces">Boxes as they are drawn.</param>
    /// <param name="sizes">Width and height of every number.</param>
    /// <param name="bounds">What must not be left.</param>
    public static SKRect[] Place(IReadOnlyList<SKRect> faces, IReadOnlyList<SKSize> sizes, SKRect bounds)
    {
        SKRect[] placed = new SKRect[faces.Count];
        // From the top: what lies above a row of faces is decided before the row.
        int[] order = [.. Enumerable.Range(0, faces.Count).OrderBy(i => faces[i].Top).ThenBy(i => faces[i].Left)];
        for (int k = 0; k < order.Length; k++)
        {
            int own = order[k];
            placed[own] = Corners(faces[own], sizes[own], bounds)
                .Select((place, rank) => (Place: place, Cost: Cost(place, own, order.AsSpan(0, k), rank)))
                .MinBy(candidate => candidate.Cost)
                .Place;
        }
        return placed;

        float Cost(SKRect place, int own, ReadOnlySpan<int> before, int rank)
        {
            float cost = 0.001f * rank;
            for (int i = 0; i < faces.Count; i++)
            {
                // A face is worse covered than the edge of a box, and another's box worse than the own.
                cost += 4 * Share(place, Inner(faces[i])) + (i == own ? 0.02f : 0.5f) * Share(place, faces[i]);
            }
            foreach (int other in before)
                cost += 4 * Share(place, placed[other]);
            return cost;
        }
    }

    private static IEnumerable<SKRect> Corners(SKRect face, SKSize size, SKRect bounds)
    {
        float w = size.Width,
            h = size.Height;
        SKPoint[] corners =
        [
            new(face.Left, face.Top - h),
            new(face.Right - w, face.Top - h),
            new(face.MidX - w / 2, face.Top - h),
            new(face.Left - w, face.Top),
            new(face.Right, face.Top),
            new(face.Left, face.Bottom),
            new(face.Right - w, face.Bottom),
            new(face.MidX - w / 2, face.Bottom),
            new(face.Left - w, face.Bottom - h),
            new(face.Right, face.Bottom - h),
            new(face.Left - w / 2, face.Top - h / 2),
            new(face.Right - w / 2, face.Top - h / 2),
            new(face.Left - w / 2, face.Bottom - h / 2),
            new(face.Right - w / 2, face.Bottom - h / 2),
            new(face.Left, face.Top),
            new(face.Right - w, face.Top),
            new(face.Left, face.Bottom - h),
            new(face.Right - w, face.Bottom - h),
        ];
        foreach (SKPoint corner in corners)
            yield return SKRect.Create(
                MathF.Max(bounds.Left, MathF.Min(corner.X, bounds.Right - w)),
                MathF.Max(bounds.Top, MathF.Min(corner.Y, bounds.Bottom - h)),
                w,
                h
            );
    }

    private static SKRect Inner(SKRect face)
    {
        SKRect inner = face;
        inner.Inflate(-face.Width * (1 - FacePart) / 2, -face.Height * (1 - FacePart) / 2);
        return inner;
    }

    /// <summary>The part of a rectangle that another covers.</summary>
    private static float Share(SKRect place, SKRect other)
    {
        float w = MathF.Min(place.Right, other.Right) - MathF.Max(place.Left, other.Left),
            h = MathF.Min(place.Bottom, other.Bottom) - MathF.Max(place.Top, other.Top);
        return w > 0 && h > 0 ? w * h / (place.Width * place.Height) : 0;
    }
}
