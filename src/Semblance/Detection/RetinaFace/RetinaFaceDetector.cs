using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.RetinaFace;

/// <summary>
/// RetinaFace (Deng et al., 2019): one look at the whole picture, boxes and five landmarks from three feature levels, faces from about ten
/// pixels. Networks of any size see small pictures as they are and large ones reduced; networks of a fixed size see a letterboxed picture.
/// Thread-safe.
/// </summary>
public sealed class RetinaFaceDetector : IFaceDetector, IWarmable
{
    private readonly AnchorNetwork _network;
    private readonly RetinaFaceDecoder _decoder;
    private readonly RetinaFaceOptions _options;

    /// <summary>Creates the detector; the network is loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>retinaface</c>.</param>
    /// <param name="options">How pictures are looked at.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe a RetinaFace.</exception>
    public RetinaFaceDetector(InstalledModel model, RetinaFaceOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Id, _options) = (model.Id, options ?? RetinaFaceOptions.Default);
        _network = new(model, DetectorDecoder.RetinaFace, Bind, execution ?? new());
        _decoder = new(Id, _network.Settings);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public float ScoreFloor => _options.ScoreFloor;

    /// <inheritdoc/>
    /// <remarks>Half of all faces of ordinary photographs score less, and nearly all that stand on their head.</remarks>
    public float SureScore => 0.997f;

    /// <inheritdoc/>
    public bool ScalesByFace => true;

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        AnchorLimits limits = new(_options.ScoreFloor, _options.CandidateLimit, _options.FaceLimit);
        double scale = _options.ScaleOf(image, options);
        List<DetectedFace> faces = _network.Detect(image, options, limits, (_, _) => NetworkView.Whole(image, scale, multiple: 1), Decode);
        double longest = scale * Math.Max(image.Width, image.Height);
        if (_options.CloseUpSide is not { } side || longest <= _decoder.LargestFace || !_network.SeesAnySize)
            return faces;
        cancellationToken.ThrowIfCancellationRequested();
        double small = scale * side / longest;
        return CloseUps.Merge(
            faces,
            _network.Detect(image, options, limits, (_, _) => NetworkView.Again(image, small, multiple: 1), Decode),
            (float)(_decoder.LargestAnchor / scale),
            _network.Settings.OverlapThresholds[0]
        );
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceCandidates Decode(NetworkView view, in NetworkOutputs outputs, ReadOnlySpan<float> minScores)
    {
        int priors = _decoder.CountPriors(view.Width, view.Height);
        if (outputs[0].Length != priors * RetinaFaceDecoder.BoxValues || outputs[1].Length != priors * RetinaFaceDecoder.ScoreValues)
        {
            throw new ModelException(
                Id,
                $"gives {outputs[1].Length / RetinaFaceDecoder.ScoreValues} candidates for {view.Width} x {view.Height} pixels, "
                    + $"its manifest's strides and anchorSizes make {priors}"
            );
        }
        return _decoder.Decode(view.Width, view.Height, outputs[0], outputs[1], _decoder.HasLandmarks ? outputs[2] : [], minScores);
    }

    /// <summary>The three outputs are told apart by their last axis, since exporters name them as they like.</summary>
    private string[] Bind(NetworkSignature signature)
    {
        List<string> names =
        [
            Output("box regressions", RetinaFaceDecoder.BoxValues),
            Output("class probabilities", RetinaFaceDecoder.ScoreValues),
        ];
        if (_decoder.HasLandmarks)
            names.Add(Output("landmark regressions", RetinaFaceDecoder.LandmarkValues));
        return [.. names];

        string Output(string what, int values)
        {
            NetworkTensor[] fitting = [.. signature.Outputs.Where(output => output.Shape.Count > 0 && output.Shape[^1] == values)];
            return fitting.Length == 1
                ? fitting[0].Name
                : throw new ModelException(
                    Id,
                    $"needs one output of {what} [N, priors, {values}], has {fitting.Length}; its outputs are "
                        + $"{string.Join(", ", signature.Outputs)}"
                );
        }
    }
}
