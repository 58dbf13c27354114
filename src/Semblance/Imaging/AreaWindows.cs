namespace Semblance.Imaging;

/// <summary>The columns that one output cell averages.</summary>
/// <param name="Start">First column inside the source, counted from the first inside column of the region.</param>
/// <param name="End">One past the last.</param>
/// <param name="Weight">1 / columns of the window, those outside the source included.</param>
/// <param name="Coverage">Share of the window that lies inside the source, 0 to 1.</param>
internal readonly record struct Window(int Start, int End, float Weight, float Coverage);

/// <summary>Adaptive pooling's windows.</summary>
internal static class AreaWindows
{
    /// <summary>floor(i size / count) to ceil((i + 1) size / count).</summary>
    public static (int First, int End) Of(int index, int size, int count) =>
        ((int)((long)index * size / count), (int)(((index + 1L) * size + count - 1) / count));

    /// <summary>An upper bound on a window's length.</summary>
    public static int Longest(int size, int count) => size / count + 2;

    /// <summary>All windows of an axis.</summary>
    /// <param name="windows">One for every output cell.</param>
    /// <param name="start">Where the region begins in the source.</param>
    /// <param name="size">Length of the region.</param>
    /// <param name="inside">Where its part inside the source begins.</param>
    /// <param name="insideSize">Length of that part; 0 when all of the region is outside.</param>
    public static void Fill(Span<Window> windows, int start, int size, int inside, int insideSize)
    {
        for (int i = 0; i < windows.Length; i++)
        {
            (int first, int end) = Of(i, size, windows.Length);
            int from = Math.Clamp(first + start - inside, 0, insideSize),
                to = Math.Clamp(end + start - inside, 0, insideSize);
            float weight = 1f / (end - first);
            windows[i] = new(from, to, weight, (to - from) * weight);
        }
    }
}
