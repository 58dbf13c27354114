using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.BlazeFace;

/// <summary>
/// BlazeFace (Bazarevsky et al., 2019) as MediaPipe ships it: one look at the whole picture in a small square. Very fast; faces under about
/// a tenth of the picture's longer side are lost. Thread-safe.
/// </summary>
public sealed class BlazeFaceDetector : IFaceDetector, IWarmable
{
    /// <summary>Decoded pixels per network pixel, so that shrinking still averages over several.</summary>
    private const double Oversampling = 2;

    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly BlazeFaceDecoder _decoder;
    private readonly BlazeFaceOptions _options;
    private readonly float _minScore,
        _overlap;
    private readonly int _side;

    /// <summary>Creates the detector; the network is loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>blazeface</c>.</param>
    /// <param name="options">How candidates become faces; null for what the manifest says.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe a BlazeFace.</exception>
    public BlazeFaceDetector(InstalledModel model, BlazeFaceOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelManifest manifest = model.Manifest;
        if (
            manifest.Output.Decoder is not { Kind: "blazeface", Strides: { } strides, AnchorsPerCell: { } anchors } decoder
            || strides.Count != anchors.Count
            || decoder.Thresholds.Count == 0
            || decoder.OverlapThresholds.Count == 0
        )
            throw new ModelException(
                model.Id,
                "its manifest has no 'blazeface' decoder with strides, as many anchorsPerCell, a threshold and an overlap threshold"
            );
        if (manifest.Input.Width < 1 || manifest.Input.Width != manifest.Input.Height)
            throw new ModelException(
                model.Id,
                $"a BlazeFace sees a square, its manifest says {manifest.Input.Width} x {manifest.Input.Height}"
            );
        BlazeFaceOptions manifests =
            decoder.MergedScore == DetectorDecoder.MeanScore ? BlazeFaceOptions.Hollance : BlazeFaceOptions.Default;
        (Id, _options, _side) = (model.Id, options ?? manifests, manifest.Input.Width);
        (_minScore, _overlap) = (decoder.Thresholds[0], decoder.OverlapThresholds[0]);
        _layout = ManifestLayout.Of(Id, manifest.Input);
        _decoder = new(_side, BlazeFaceAnchors.Create(_side, strides, anchors));
        _network = new(Id, model.PathOf(), ["regressors", "scores"], execution ?? new());
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public float ScoreFloor => _options.ScoreFloor;

    /// <inheritdoc/>
    /// <remarks>Half of all faces of ordinary photographs score less, and nearly all that stand on their head.</remarks>
    public float SureScore => 0.8f;

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        ScaledPixels scaled = image.AtScale(
            _options.Reduction == PictureReduction.Exact ? 1 : Math.Min(1, Oversampling * _side / Math.Max(image.Width, image.Height))
        );
        SquareView square = SquareView.Around(scaled.Pixels, _side);
        float minScore = Math.Max(options.MinScore ?? _minScore, _options.ScoreFloor);

        List<BlazeFaceCandidate> faces = WeightedSuppression.Merge(Run(square, minScore), _overlap, _options.MergedScore);
        return
        [
            .. faces
                .Select(face => BlazeFaceLandmarks.ToFace(face, point => scaled.ToFullSize(square.ToPicture(point))))
                .Where(face => options.MinFaceSize is not { } smallest || face.Box.Height >= smallest),
        ];
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private List<BlazeFaceCandidate> Run(SquareView square, float minScore)
    {
        float[] input = Scratch.Floats.Rent(3 * _side * _side);
        try
        {
            if (_options.Reduction == PictureReduction.Exact)
                square.ReadExactly(_layout, input);
            else
                square.Read(_layout, input);
            return _network.Run(input, [1, 3, _side, _side], outputs => _decoder.Decode(outputs[0], outputs[1], minScore));
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }
}
