using System.Numerics;
using System.Runtime.Intrinsics;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.Mtcnn;

/// <summary>
/// MTCNN: three networks of growing size, each looking at what the one before it left (Zhang, Zhang, Li, Qiao, "Joint Face Detection and
/// Alignment Using Multitask Cascaded Convolutional Networks", IEEE SPL 2016). Thread-safe.
/// </summary>
public sealed class MtcnnDetector : IFaceDetector, IWarmable
{
    /// <summary>Side of O-Net's input: candidates should have about that many pixels to look at.</summary>
    private const int OutputSide = 48;
    private const int RefinementSide = 24;
    private const int RefinementBatch = 32;
    private const int OutputBatch = 8;

    private readonly NetworkSession _pnet,
        _rnet,
        _onet;
    private readonly ProposalStage _proposal;
    private readonly CandidateStage _refinement,
        _output;
    private readonly MtcnnOptions _options;
    private readonly float _refinementOverlap,
        _outputOverlap;

    /// <summary>Creates the detector; the networks are loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>mtcnn</c>.</param>
    /// <param name="options">How the cascade is run.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">The manifest does not describe an MTCNN.</exception>
    public MtcnnDetector(InstalledModel model, MtcnnOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Manifest.Output.Decoder is not { Kind: "mtcnn", OverlapThresholds.Count: 4 } decoder)
            throw new ModelException(model.Id, "its manifest has no 'mtcnn' decoder with four overlap thresholds");
        Id = model.Id;
        _options = options ?? MtcnnOptions.Default;
        execution ??= new();
        TensorLayout layout = ManifestLayout.Of(Id, model.Manifest.Input);
        _pnet = new(Id, model.PathOf("pnet"), ["probability", "regression"], execution);
        _rnet = new(Id, model.PathOf("rnet"), ["probability", "regression"], execution);
        _onet = new(Id, model.PathOf("onet"), ["probability", "regression", "landmarks"], execution);
        _proposal = new(_pnet, layout, _options, decoder.OverlapThresholds[0], decoder.OverlapThresholds[1]);
        _refinement = new(_rnet, layout, RefinementSide, RefinementBatch);
        _output = new(_onet, layout, OutputSide, OutputBatch);
        (_refinementOverlap, _outputOverlap) = (decoder.OverlapThresholds[2], decoder.OverlapThresholds[3]);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public float ScoreFloor => _options.ScoreFloor;

    /// <inheritdoc/>
    /// <remarks>One face in ten of ordinary photographs scores less, and all but one in fifty of those that stand on their head.</remarks>
    public float SureScore => 0.995f;

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        float minFaceSize = options.MinFaceSize ?? _options.MinFaceSize;
        // Reduced scale only when the smallest face keeps O-Net's resolution; the official code always works on the full picture.
        double needed = _options.Border == BorderHandling.Cut ? 1 : Math.Min(1, OutputSide / minFaceSize);
        ScaledPixels scaled = image.AtScale(needed);
        ScaleSpace picture = new(scaled.Pixels);

        List<Candidate> proposed = _proposal.Propose(picture, (float)(minFaceSize * scaled.ScaleX), cancellationToken);
        List<Candidate> refined = Refine(picture, proposed, cancellationToken);
        float minScore = options.MinScore ?? _options.MinScore;
        return
        [
            .. Output(picture, refined, Math.Max(minScore, _options.ScoreFloor), cancellationToken)
                .Select(face => ToFullSize(face, scaled)),
        ];
    }

    void IWarmable.Warm()
    {
        _pnet.Warm();
        _rnet.Warm();
        _onet.Warm();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pnet.Dispose();
        _rnet.Dispose();
        _onet.Dispose();
    }

    private List<Candidate> Refine(ScaleSpace picture, List<Candidate> candidates, CancellationToken cancellationToken)
    {
        List<Candidate> refined = [];
        _refinement.Run(
            picture,
            candidates,
            _options.Border,
            (candidate, in outputs, i) =>
            {
                float score = outputs[0][i];
                if (score > _options.RefinementThreshold)
                    refined.Add(new(candidate.Box, score, Vector128.Create(outputs[1].Slice(4 * i, 4))));
            },
            cancellationToken
        );
        List<Candidate> kept = Candidate.Suppress(refined, _refinementOverlap, OverlapMeasure.Union);
        for (int i = 0; i < kept.Count; i++)
            kept[i] = kept[i] with { Box = Candidate.Square(kept[i].Regressed(extra: 1)) };
        return kept;
    }

    private List<DetectedFace> Output(ScaleSpace picture, List<Candidate> candidates, float minScore, CancellationToken cancellationToken)
    {
        List<DetectedFace> faces = [];
        _output.Run(
            picture,
            candidates,
            _options.Border,
            (candidate, in outputs, i) =>
            {
                float score = outputs[0][i];
                if (!(score > minScore))
                    return;
                Vector128<float> box = (candidate with { Regression = Vector128.Create(outputs[1].Slice(4 * i, 4)) }).Regressed(extra: 1);
                faces.Add(
                    new(FaceBox.FromCorners(box[0], box[1], box[2], box[3]), score, Landmarks(candidate.Box, outputs[2].Slice(10 * i, 10)))
                );
            },
            cancellationToken
        );
        Vector128<float>[] boxes = [.. faces.Select(face => Vector128.Create(face.Box.X, face.Box.Y, face.Box.Right, face.Box.Bottom))];
        float[] scores = [.. faces.Select(face => face.Score)];
        return [.. NonMaximumSuppression.Select(boxes, scores, _outputOverlap, OverlapMeasure.MinimumInclusive).Select(i => faces[i])];
    }

    /// <summary>Ten numbers, five x then five y, as fractions of the candidate before its last regression.</summary>
    private static FaceLandmarks Landmarks(Vector128<float> box, ReadOnlySpan<float> points)
    {
        float width = box[2] - box[0] + 1,
            height = box[3] - box[1] + 1;
        Span<Vector2> landmarks = stackalloc Vector2[FaceLandmarks.Count];
        for (int k = 0; k < FaceLandmarks.Count; k++)
            landmarks[k] = new(width * points[k] + box[0] - 1, height * points[FaceLandmarks.Count + k] + box[1] - 1);
        return FaceLandmarks.From(landmarks);
    }

    private static DetectedFace ToFullSize(DetectedFace face, ScaledPixels scaled)
    {
        if (scaled.ScaleX == 1 && scaled.ScaleY == 1)
            return face;
        Vector2 corner = scaled.ToFullSize(new(face.Box.X, face.Box.Y)),
            opposite = scaled.ToFullSize(new(face.Box.Right, face.Box.Bottom));
        return face with
        {
            Box = FaceBox.FromCorners(corner.X, corner.Y, opposite.X, opposite.Y),
            Landmarks = face.Landmarks.Select(scaled.ToFullSize),
        };
    }
}
