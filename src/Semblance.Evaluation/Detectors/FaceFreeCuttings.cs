using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Running;
using Semblance.Geometry;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Detectors;

/// <summary>
/// Squares without a face, cut out of photographs with labelled faces: a side of 96 to 384 pixels, as far as the photograph allows, at a
/// random place that no labelled box touches, ignored ones too, each grown by a quarter of its sides all around. A face that nobody
/// labelled may be left; it is the same for all detectors.
/// </summary>
public static class FaceFreeCuttings
{
    private const int SmallestSide = 96,
        LargestSide = 384,
        Tries = 200;

    private const float Margin = 0.25f;

    /// <summary>Cuts.</summary>
    /// <param name="set">The photographs.</param>
    /// <param name="truth">Their labelled faces.</param>
    /// <param name="prefix">Folder inside the set that names are relative to.</param>
    /// <param name="count">Squares wanted, as many of each photograph; ones that are too full of faces give fewer.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="cancellationToken">Stops between photographs.</param>
    /// <returns>PNG pictures.</returns>
    public static IReadOnlyList<EvaluationPicture> Cut(
        PictureSet set,
        IReadOnlyList<TruthImage> truth,
        string prefix,
        int count,
        int seed,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(truth);
        Random random = new(seed);
        List<EvaluationPicture> cuttings = [];
        for (int i = 0; i < truth.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)((long)count * (i + 1) / truth.Count - (long)count * i / truth.Count);
            if (wanted == 0)
                continue;
            string name = prefix + truth[i].File;
            using SKBitmap? photograph = set.BytesOrNull(name) is { } bytes ? PlainBitmap.DecodeOrNull(bytes.Span) : null;
            if (photograph is null)
                continue;
            FaceBox[] taken = [.. truth[i].Boxes.Select(box => Grown(box.Box))];
            for (int k = 0; k < wanted; k++)
                if (Place(random, photograph.Width, photograph.Height, taken) is { } square)
                    cuttings.Add(Picture(photograph, square, $"{name} at {square.Left},{square.Top}, {square.Width} pixels"));
        }
        return cuttings;
    }

    /// <summary>A square that touches no box; null where none was drawn.</summary>
    internal static SKRectI? Place(Random random, int width, int height, IReadOnlyList<FaceBox> taken)
    {
        int largest = Math.Min(LargestSide, Math.Min(width, height));
        if (largest < SmallestSide)
            return null;
        for (int t = 0; t < Tries; t++)
        {
            int side = random.Next(SmallestSide, largest + 1),
                left = random.Next(width - side + 1),
                top = random.Next(height - side + 1);
            if (!taken.Any(box => box.X < left + side && box.Right > left && box.Y < top + side && box.Bottom > top))
                return SKRectI.Create(left, top, side, side);
        }
        return null;
    }

    private static FaceBox Grown(in FaceBox box) =>
        new(box.X - Margin * box.Width, box.Y - Margin * box.Height, box.Width * (1 + 2 * Margin), box.Height * (1 + 2 * Margin));

    private static EvaluationPicture Picture(SKBitmap photograph, SKRectI square, string name)
    {
        using SKBitmap cutting = new();
        photograph.ExtractSubset(cutting, square);
        using SKData png = cutting.Encode(SKEncodedImageFormat.Png, 100);
        byte[] bytes = png.ToArray();
        return new(name, () => bytes);
    }
}
