using System.Runtime.Intrinsics;
using Semblance.Imaging;
using Semblance.Runtime;

namespace Semblance.Detection.Mtcnn;

/// <summary>Stage one: P-Net slides over every level of the pyramid and proposes candidates.</summary>
internal sealed class ProposalStage(NetworkSession network, TensorLayout layout, MtcnnOptions options, float scaleOverlap, float allOverlap)
{
    /// <summary>P-Net moves by two pixels from cell to cell.</summary>
    private const int Stride = 2;

    /// <summary>Rows of a level that one cell needs beyond the stride: its strips overlap by this.</summary>
    private const int StripOverlap = ImagePyramid.Window - Stride;

    /// <summary>Pixels of a level that go through the network at once; keeps its feature maps in the cache and memory bounded.</summary>
    private const int StripPixels = 64 * 1024;

    /// <summary>
    /// With padding, how far a window may reach over the border, as a fraction of its side. Faces that fill the frame lie in such windows.
    /// </summary>
    private const double BorderFraction = 1.0 / 3;

    /// <summary>With padding, the shorter side of the coarsest level: faces up to 12/8 of the picture's shorter side are looked
    /// for.</summary>
    private const double SmallestPaddedSide = 8;

    /// <summary>Finds candidates.</summary>
    /// <returns>Boxes after regression, squared, in pixels of the picture; highest score first.</returns>
    public List<Candidate> Propose(ScaleSpace picture, float minFaceSize, CancellationToken cancellationToken)
    {
        bool pad = options.Border == BorderHandling.Pad;
        List<Candidate> all = [];
        foreach (
            double scale in ImagePyramid.Scales(
                picture.Width,
                picture.Height,
                minFaceSize,
                options.PyramidFactor,
                pad ? SmallestPaddedSide : ImagePyramid.Window
            )
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Candidate> found = Scan(picture, scale, pad ? BorderFraction * ImagePyramid.Window : 0);
            all.AddRange(Candidate.Suppress(found, scaleOverlap, OverlapMeasure.Union));
        }
        List<Candidate> kept = Candidate.Suppress(all, allOverlap, OverlapMeasure.Union);
        for (int i = 0; i < kept.Count; i++)
            kept[i] = kept[i] with { Box = Candidate.Square(kept[i].Regressed(extra: 0)) };
        return kept;
    }

    private List<Candidate> Scan(ScaleSpace picture, double scale, double border)
    {
        PyramidLevel level = picture.Level(scale, border);
        List<Candidate> found = [];
        int stripRows = Math.Max(2 * ImagePyramid.Window, StripPixels / level.Width / Stride * Stride);
        float[] input = Scratch.Floats.Rent(3 * Math.Min(stripRows, level.Height) * level.Width);
        try
        {
            for (int top = 0; top == 0 || top + StripOverlap < level.Height; top += stripRows - StripOverlap)
            {
                int rows = Math.Min(stripRows, level.Height - top);
                level.Read(top, rows, layout, input);
                network.Run<object?>(input, [1, 3, rows, level.Width], outputs =>
                {
                    long[] shape = outputs.Shape(1);
                    Collect(outputs[0], outputs[1], (int)shape[2], (int)shape[3], top / Stride, level, found);
                    return null;
                });
            }
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
        return found;
    }

    private void Collect(
        ReadOnlySpan<float> probability,
        ReadOnlySpan<float> regression,
        int rows,
        int columns,
        int firstRow,
        PyramidLevel level,
        List<Candidate> found
    )
    {
        int plane = rows * columns;
        Vector256<float> threshold = Vector256.Create(options.ProposalThreshold);
        for (int cell = 0; cell < plane; )
        {
            // Faces are rare: most cells are passed over eight at a time.
            if (
                cell <= plane - Vector256<float>.Count
                && !Vector256.GreaterThanOrEqualAny(Vector256.Create(probability[cell..]), threshold)
            )
            {
                cell += Vector256<float>.Count;
                continue;
            }
            int end = Math.Min(plane, cell + Vector256<float>.Count);
            for (; cell < end; cell++)
            {
                if (!(probability[cell] >= options.ProposalThreshold))
                    continue;
                int row = firstRow + cell / columns,
                    column = cell % columns;
                Vector128<float> correction = Vector128.Create(
                    regression[cell],
                    regression[plane + cell],
                    regression[2 * plane + cell],
                    regression[3 * plane + cell]
                );
                found.Add(new(level.WindowAt(Stride * column, Stride * row), probability[cell], correction));
            }
        }
    }
}
