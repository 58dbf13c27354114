using Semblance.Annotation;
using Semblance.Imaging;
using Semblance.Matching;
using SkiaSharp;

namespace Semblance.Hiding;

/// <summary>
/// Makes faces unrecognisable, and checks it: the copy is analysed again, what still looks like a face to the detector keeps fewer colours
/// and in the end gets a box, one that the embedder still recognises gets the box at once, and a face that is found only now is hidden as
/// well. Thread-safe.
/// </summary>
/// <param name="analyzer">Finds and compares the faces.</param>
/// <remarks>
/// A face that the detector never finds is not hidden: look at the copies before they are published. Bodies, clothes and places stay.
/// </remarks>
public sealed class FaceHider(IFaceAnalyzer analyzer)
{
    /// <summary>Further looks at a copy: each may find faces that the one before did not.</summary>
    private const int MostLooks = 6;

    /// <summary>A hidden face counts as recognised where even a lenient comparison accepts it.</summary>
    private const double CheckedRate = 1e-2;

    /// <summary>The similarity that counts as recognised where the embedder is not calibrated.</summary>
    private const double CheckedSimilarity = 0.2;

    private static readonly ImageDecodingOptions AnySize = new()
    {
        PixelLimit = ImageDecodingOptions.LargestPixelLimit,
        ByteLimit = int.MaxValue,
    };

    /// <summary>Which faces of a picture stay as they are.</summary>
    /// <param name="faces">Faces with embeddings.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For every face whether it stays.</returns>
    public delegate ValueTask<IReadOnlyList<bool>> FaceKeeper(IReadOnlyList<AnalyzedFace> faces, CancellationToken cancellationToken);

    /// <summary>Hides the faces of a picture.</summary>
    /// <param name="item">The picture; it stays as it is.</param>
    /// <param name="options">How; null for the default.</param>
    /// <param name="keep">Which faces stay; null hides all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SemblanceException">The picture cannot be opened or analysed.</exception>
    public async Task<HiddenPicture> HideAsync(
        PictureItem item,
        HideOptions? options = null,
        FaceKeeper? keep = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(item);
        options ??= HideOptions.Default;
        options.Validate();
        using ImageAnalysis analysis = await analyzer
            .AnalyzeAsync(item, new() { Features = FaceFeatures.Embedding, KeepImage = true }, cancellationToken)
            .ConfigureAwait(false);
        SKBitmap pixels = FaceAnnotator.Copy(analysis.Image!.FullResolution);
        try
        {
            List<Covered> covered = [];
            int kept = await CoverAsync(analysis.Faces!, pixels, covered, options, keep, cancellationToken).ConfigureAwait(false);
            // As it is, and as a file that loses something will show it, where that looks like another face now and then.
            bool[] asFile = options.Format == SKEncodedImageFormat.Png ? [false] : [false, true];
            foreach (bool written in asFile)
                for (int look = 0; look < MostLooks; look++)
                    if (!await LookAgainAsync(pixels, written, covered, options, keep, cancellationToken).ConfigureAwait(false))
                        break;
            return new(pixels)
            {
                Hidden = covered.Count,
                Kept = kept,
                Boxed = covered.Count(face => face.Boxed),
            };
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static async Task<int> CoverAsync(
        IReadOnlyList<AnalyzedFace> faces,
        SKBitmap pixels,
        List<Covered> covered,
        HideOptions options,
        FaceKeeper? keep,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<bool> stays =
            keep is null || faces.Count == 0 ? [.. faces.Select(_ => false)] : await keep(faces, cancellationToken).ConfigureAwait(false);
        // All are covered after the last is decided: a covered face changes the pixels beside it.
        for (int i = 0; i < faces.Count; i++)
        {
            if (stays[i])
                continue;
            Covered face = new(faces[i], FaceCover.AreaOf(faces[i].Box, options.Margin, pixels.Width, pixels.Height));
            FaceCover.Cover(pixels, face.Area, options.Style);
            covered.Add(face);
        }
        return stays.Count(stay => stay);
    }

    /// <summary>Looks at the copy and mends it; false where nothing is left to mend.</summary>
    private async Task<bool> LookAgainAsync(
        SKBitmap pixels,
        bool written,
        List<Covered> covered,
        HideOptions options,
        FaceKeeper? keep,
        CancellationToken cancellationToken
    )
    {
        using FaceImage copy = written ? AsFile(pixels, options) : FaceImage.FromBitmap(pixels);
        ImageAnalysis again = await analyzer
            .AnalyzeAsync(PictureItem.FromImage("the copy", copy), FaceFeatures.Embedding, cancellationToken)
            .ConfigureAwait(false);
        List<AnalyzedFace> others = [];
        int before = covered.Count;
        bool mended = false;
        foreach (AnalyzedFace face in again.Faces!)
        {
            Covered[] holders = [.. covered.Where(hidden => hidden.Holds(face.Box))];
            if (holders.Length == 0)
                others.Add(face);
            if (options.Style == HideStyle.Box)
                continue;
            foreach (Covered hidden in holders.Where(hidden => !hidden.Boxed))
            {
                mended = true;
                hidden.Strengthen(pixels, options.Style, IsRecognised(face, hidden.Face));
            }
        }
        await CoverAsync(others, pixels, covered, options, keep, cancellationToken).ConfigureAwait(false);
        return mended || covered.Count > before;
    }

    private static FaceImage AsFile(SKBitmap pixels, HideOptions options)
    {
        using SKData? file = pixels.Encode(options.Format, options.Quality);
        // JPEG has no sides beyond 65,535 pixels, WebP none beyond 16,383.
        return file is null ? FaceImage.FromBitmap(pixels) : FaceImage.FromBytes(file.ToArray(), "the copy", AnySize);
    }

    private bool IsRecognised(AnalyzedFace now, AnalyzedFace before)
    {
        if (now.Embedding is not { } a || before.Embedding is not { } b)
            return false;
        MatchOptions lenient = analyzer.Matcher.Thresholds is { } table
            ? new() { FalseMatchRate = Math.Clamp(CheckedRate, table.SmallestRate, table.LargestRate) }
            : new() { Threshold = CheckedSimilarity };
        return analyzer.Matcher.Compare(a, b, lenient).Match;
    }

    private sealed class Covered(AnalyzedFace face, SKRectI area)
    {
        public AnalyzedFace Face => face;

        public SKRectI Area => area;

        public bool Boxed { get; private set; }

        private int Strength { get; set; }

        /// <summary>Leaves fewer colours, none in the end or where the face is still recognised.</summary>
        public void Strengthen(SKBitmap pixels, HideStyle style, bool recognised)
        {
            Strength++;
            Boxed = recognised || Strength == FaceCover.Strengths;
            if (Boxed)
                FaceCover.Cover(pixels, area, HideStyle.Box);
            else
                FaceCover.Cover(pixels, area, style, Strength);
        }

        /// <summary>Whether a box has its middle in the area.</summary>
        public bool Holds(FaceBox box) =>
            area.Left <= box.Center.X && box.Center.X < area.Right && area.Top <= box.Center.Y && box.Center.Y < area.Bottom;
    }
}
