using System.Numerics;
using Semblance.Models;

namespace Semblance.Detection.RetinaFace;

/// <summary>
/// From priors and regressions to boxes and points in pixels of the input (Deng et al., "RetinaFace: Single-stage Dense Face Localisation
/// in the Wild", 2019, with the priors and variances of biubug6/Pytorch_Retinaface; the encoding is SSD's, Liu et al. 2016, section 2.2).
/// </summary>
internal sealed class RetinaFaceDecoder
{
    /// <summary>Numbers of a prior in the three outputs: box regression, class probabilities (background, face), landmark
    /// regression.</summary>
    public const int BoxValues = 4,
        ScoreValues = 2,
        LandmarkValues = 2 * FaceLandmarks.Count;

    private readonly int[] _strides;
    private readonly float[][] _sizes;
    private readonly float _centerVariance,
        _sizeVariance;
    private readonly LandmarksSource _landmarks;

    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="decoder">Strides, anchor sizes, variances.</param>
    /// <exception cref="ModelException">Something is missing or does not fit together.</exception>
    public RetinaFaceDecoder(string model, DetectorDecoder decoder)
    {
        if (
            decoder is not { Strides: { Count: > 0 } strides, AnchorSizes: { } sizes, Variances: [var center, var size] }
            || sizes.Count != strides.Count
        )
            throw new ModelException(
                model,
                "its manifest's 'retinaface' decoder needs strides, as many lists of anchorSizes, and two variances"
            );
        if (decoder.Thresholds.Count != 1 && decoder.Thresholds.Count != strides.Count)
            throw new ModelException(
                model,
                $"its manifest has {decoder.Thresholds.Count} thresholds for {strides.Count} strides; one for all or one for each is needed"
            );
        _strides = [.. strides];
        _sizes = [.. sizes.Select(level => level.ToArray())];
        (_centerVariance, _sizeVariance) = (center, size);
        _landmarks = decoder.Keypoints == FaceLandmarks.Count ? LandmarksSource.Detector : LandmarksSource.None;
    }

    /// <summary>Overlap with an anchor from which the networks of this kind are trained to find a face.</summary>
    private const float TrainedOverlap = 0.35f;

    /// <summary>Side of the largest anchor, in pixels of the input.</summary>
    public float LargestAnchor => _sizes.Max(level => level.Max());

    /// <summary>Side of the largest face that still overlaps an anchor enough, in pixels of the input.</summary>
    public float LargestFace => LargestAnchor / MathF.Sqrt(TrainedOverlap);

    /// <summary>Whether faces come with landmarks.</summary>
    public bool HasLandmarks => _landmarks != LandmarksSource.None;

    /// <summary>The number of priors of an input: every level has ceil(side / stride) cells each way.</summary>
    public int CountPriors(int width, int height)
    {
        int count = 0;
        for (int level = 0; level < _strides.Length; level++)
            count += Cells(width, level) * Cells(height, level) * _sizes[level].Length;
        return count;
    }

    /// <summary>Decodes every prior that scores enough: level by level, rows, columns, anchor sizes.</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="boxes">[priors, 4].</param>
    /// <param name="scores">[priors, 2], after the softmax.</param>
    /// <param name="landmarks">[priors, 10], or empty.</param>
    /// <param name="minScores">Lowest score, 0 to 1: one for all levels, or one for each.</param>
    public FaceCandidates Decode(
        int width,
        int height,
        ReadOnlySpan<float> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<float> landmarks,
        params ReadOnlySpan<float> minScores
    )
    {
        FaceCandidates found = new(_landmarks);
        int prior = 0;
        for (int level = 0; level < _strides.Length; level++)
        {
            int rows = Cells(height, level),
                columns = Cells(width, level),
                stride = _strides[level];
            float minScore = minScores[minScores.Length == 1 ? 0 : level];
            for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
                foreach (float side in _sizes[level])
                {
                    float score = scores[prior * ScoreValues + 1];
                    if (score >= minScore)
                        Add(
                            found,
                            new Vector2(x + 0.5f, y + 0.5f) * stride,
                            side,
                            score,
                            boxes.Slice(prior * BoxValues, BoxValues),
                            Points(landmarks, prior)
                        );
                    prior++;
                }
        }
        return found;
    }

    private ReadOnlySpan<float> Points(ReadOnlySpan<float> landmarks, int prior) =>
        HasLandmarks ? landmarks.Slice(prior * LandmarkValues, LandmarkValues) : [];

    private void Add(FaceCandidates found, Vector2 center, float side, float score, ReadOnlySpan<float> box, ReadOnlySpan<float> landmarks)
    {
        float reach = _centerVariance * side;
        Vector2 middle = center + new Vector2(box[0], box[1]) * reach;
        Vector2 half = new Vector2(MathF.Exp(box[2] * _sizeVariance), MathF.Exp(box[3] * _sizeVariance)) * (side / 2);
        FaceLandmarks points = default;
        if (landmarks.Length > 0)
        {
            Span<Vector2> five = stackalloc Vector2[FaceLandmarks.Count];
            for (int k = 0; k < five.Length; k++)
                five[k] = center + new Vector2(landmarks[2 * k], landmarks[2 * k + 1]) * reach;
            points = FaceLandmarks.From(five);
        }
        found.Add(middle - half, middle + half, score, points);
    }

    private int Cells(int side, int level) => (side + _strides[level] - 1) / _strides[level];
}
