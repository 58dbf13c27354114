using System.Numerics;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.Scrfd;

/// <summary>
/// From anchor centres and distances to boxes and points in pixels of the input (Guo et al., "Sample and Computation Redistribution for
/// Efficient Face Detection", 2021): every cell has its anchors at (column, row) x stride; distances and offsets are in strides.
/// </summary>
internal sealed class ScrfdDecoder
{
    private readonly int[] _strides,
        _anchorsPerCell;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="decoder">Strides and anchors.</param>
    /// <exception cref="ModelException">Something is missing or does not fit together.</exception>
    public ScrfdDecoder(string model, DetectorDecoder decoder)
    {
        if (decoder is not { Strides: { Count: > 0 } strides, AnchorsPerCell: { } anchors } || strides.Count != anchors.Count)
            throw new ModelException(model, "its manifest's 'scrfd' decoder needs strides and as many anchorsPerCell");
        (_strides, _anchorsPerCell) = ([.. strides], [.. anchors]);
        Keypoints = decoder.Keypoints == FaceLandmarks.Count ? KeypointOutputs.Present : KeypointOutputs.Absent;
    }

    /// <summary>Whether faces come with landmarks.</summary>
    public KeypointOutputs Keypoints { get; }

    /// <summary>The number of strides.</summary>
    public int Levels => _strides.Length;

    /// <summary>The coarsest stride: sides of the input are multiples of it.</summary>
    public int LargestStride => _strides.Max();

    /// <summary>Anchors of each stride for an input.</summary>
    public int[] CountAnchors(int width, int height) =>
        [.. _strides.Select((stride, level) => Cells(width, stride) * Cells(height, stride) * _anchorsPerCell[level])];

    /// <summary>Decodes every anchor that scores at least <paramref name="minScore"/>: stride by stride, rows, columns, anchors.</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="outputs">All outputs of the network.</param>
    /// <param name="which">Which is which.</param>
    /// <param name="minScore">Lowest score, 0 to 1.</param>
    public FaceCandidates Decode(int width, in NetworkOutputs outputs, ScrfdOutputs which, float minScore)
    {
        FaceCandidates found = new(Keypoints == KeypointOutputs.Present ? LandmarksSource.Detector : LandmarksSource.None);
        for (int level = 0; level < _strides.Length; level++)
        {
            ReadOnlySpan<float> keypoints = Keypoints == KeypointOutputs.Present ? outputs[which.Keypoints[level]] : [];
            DecodeLevel(found, width, level, outputs[which.Scores[level]], outputs[which.Boxes[level]], keypoints, minScore);
        }
        return found;
    }

    /// <summary>Decodes one stride.</summary>
    /// <param name="found">Takes the candidates.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="level">Index of the stride.</param>
    /// <param name="scores">[anchors], after the sigmoid.</param>
    /// <param name="distances">[anchors, 4]: left, top, right, bottom.</param>
    /// <param name="keypoints">[anchors, 10], or empty.</param>
    /// <param name="minScore">Lowest score, 0 to 1.</param>
    public void DecodeLevel(
        FaceCandidates found,
        int width,
        int level,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<float> distances,
        ReadOnlySpan<float> keypoints,
        float minScore
    )
    {
        int stride = _strides[level],
            columns = Cells(width, stride),
            anchors = _anchorsPerCell[level];
        Span<Vector2> five = stackalloc Vector2[FaceLandmarks.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] >= minScore))
                continue;
            int cell = i / anchors;
            Vector2 center = new Vector2(cell % columns, cell / columns) * stride;
            ReadOnlySpan<float> box = distances.Slice(i * ScrfdOutputs.BoxValues, ScrfdOutputs.BoxValues);
            FaceLandmarks points = default;
            if (keypoints.Length > 0)
            {
                ReadOnlySpan<float> offsets = keypoints.Slice(i * ScrfdOutputs.KeypointValues, ScrfdOutputs.KeypointValues);
                for (int k = 0; k < five.Length; k++)
                    five[k] = center + new Vector2(offsets[2 * k], offsets[2 * k + 1]) * stride;
                points = FaceLandmarks.From(five);
            }
            found.Add(center - new Vector2(box[0], box[1]) * stride, center + new Vector2(box[2], box[3]) * stride, scores[i], points);
        }
    }

    private static int Cells(int side, int stride) => (side + stride - 1) / stride;
}
