using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Finds places for labels beside their faces, where they cover neither a face nor each other.</summary>
internal static class LabelLayout
{
    /// <summary>Steps of the search before it gives up: crowds get a legend.</summary>
    private const int MostSteps = 4000;

    /// <summary>Places the labels.</summary>
    /// <param name="faces">Boxes as they are drawn, inside the bounds.</param>
    /// <param name="sizes">Width and height of every label; empty for none.</param>
    /// <param name="bounds">What must not be left.</param>
    /// <param name="gap">Distance of a label from its own box.</param>
    /// <returns>A rectangle for every face (empty where there is no label), or null where not all can be placed.</returns>
    public static SKRect[]? Place(IReadOnlyList<SKRect> faces, IReadOnlyList<SKSize> sizes, SKRect bounds, float gap)
    {
        SKRect[] placed = new SKRect[faces.Count];
        SKRect[][] free = new SKRect[faces.Count][];
        List<int> order = [];
        for (int i = 0; i < faces.Count; i++)
        {
            if (sizes[i].IsEmpty)
                continue;
            free[i] = [.. Beside(faces[i], sizes[i], bounds, gap).Where(place => faces.All(face => !Overlap(face, place)))];
            if (free[i].Length == 0)
                return null;
            order.Add(i);
        }
        // Those with the least choice first.
        order.Sort((a, b) => free[a].Length != free[b].Length ? free[a].Length.CompareTo(free[b].Length) : a.CompareTo(b));
        int steps = 0;
        return Search(0) ? placed : null;

        bool Search(int depth)
        {
            if (depth == order.Count)
                return true;
            int face = order[depth];
            foreach (SKRect place in free[face])
            {
                if (++steps > MostSteps)
                    return false;
                bool taken = false;
                for (int k = 0; k < depth && !taken; k++)
                    taken = Overlap(placed[order[k]], place);
                if (taken)
                    continue;
                placed[face] = place;
                if (Search(depth + 1))
                    return true;
            }
            return false;
        }
    }

    /// <summary>Places next to a box, the best first: above, below, right, left. A place that would leave the bounds is moved along the
    /// box's side.</summary>
    private static IEnumerable<SKRect> Beside(SKRect face, SKSize size, SKRect bounds, float gap)
    {
        float[] along = [face.Left, face.MidX - size.Width / 2, face.Right - size.Width];
        float[] down = [face.Top, face.MidY - size.Height / 2, face.Bottom - size.Height];
        IEnumerable<SKPoint> corners = along
            .Select(x => new SKPoint(x, face.Top - gap - size.Height))
            .Concat(along.Select(x => new SKPoint(x, face.Bottom + gap)))
            .Concat(down.Select(y => new SKPoint(face.Right + gap, y)))
            .Concat(down.Select(y => new SKPoint(face.Left - gap - size.Width, y)));
        foreach (SKPoint corner in corners)
        {
            SKRect place = SKRect.Create(
                Into(corner.X, size.Width, bounds.Left, bounds.Right),
                Into(corner.Y, size.Height, bounds.Top, bounds.Bottom),
                size.Width,
                size.Height
            );
            if (bounds.Left <= place.Left && place.Right <= bounds.Right && bounds.Top <= place.Top && place.Bottom <= bounds.Bottom)
                yield return place;
        }
    }

    private static float Into(float start, float length, float least, float most) => MathF.Max(least, MathF.Min(start, most - length));

    /// <summary>Whether two rectangles share more than an edge.</summary>
    public static bool Overlap(SKRect a, SKRect b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}
