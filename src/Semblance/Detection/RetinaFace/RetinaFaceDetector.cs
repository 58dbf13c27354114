using System.Buffers;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Detection.RetinaFace;

/// <summary>
/// RetinaFace (Deng et al., 2019): one look at the whole picture, boxes and five landmarks from three feature levels, faces from about ten pixels.
/// Networks of any size see small pictures as they are and large ones reduced; networks of a fixed size see a letterboxed picture. Thread-safe.
/// </summary>
public sealed class RetinaFaceDetector : IFaceDetector, IWarmable
{
    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly RetinaFaceDecoder _decoder;
    private readonly RetinaFaceOptions _options;
    private readonly DetectorDecoder _settings;
    private readonly ModelInput _promised;
    private ImageInput _input;

    /// <summary>Creates the detector; the network is loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>retinaface</c>.</param>
    /// <param name="options">How pictures are looked at.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe a RetinaFace.</exception>
    public RetinaFaceDetector(InstalledModel model, RetinaFaceOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Manifest.Output.Decoder is not { Kind: DetectorDecoder.RetinaFace, Thresholds.Count: > 0, OverlapThresholds.Count: > 0 } settings)
            throw new ModelException(model.Id, "its manifest has no 'retinaface' decoder with a threshold and an overlap threshold");
        (Id, _options, _settings, _promised) = (model.Id, options ?? RetinaFaceOptions.Default, settings, model.Manifest.Input);
        _layout = TensorLayout.From(Id, model.Manifest.Input);
        _decoder = new(Id, settings);
        _network = new(Id, model.PathOf(), Bind, execution ?? new());
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public float ScoreFloor => _options.ScoreFloor;

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        _network.Warm();
        NetworkView view = _input.AnySize
            ? NetworkView.Whole(image, Math.Min(1, WorkingScale.Of(image, options, _options.LongestSide)), multiple: 1)
            : NetworkView.Letterbox(image, _input.Width, _input.Height);
        float minScore = Math.Max(options.MinScore ?? _settings.Thresholds[0], _options.ScoreFloor);
        List<DetectedFace> faces = Run(view, minScore).ToFaces(view, _settings.OverlapThresholds[0], _options.CandidateLimit, _options.FaceLimit);
        if (options.MinFaceSize is { } smallest) faces.RemoveAll(face => face.Box.Height < smallest);
        return faces;
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceCandidates Run(NetworkView view, float minScore)
    {
        float[] input = ArrayPool<float>.Shared.Rent(3 * view.Width * view.Height);
        try
        {
            view.Read(_layout, input);
            return _network.Run(input, [1, 3, view.Height, view.Width], outputs =>
            {
                int priors = _decoder.CountPriors(view.Width, view.Height);
                if (outputs[0].Length != priors * RetinaFaceDecoder.BoxValues || outputs[1].Length != priors * RetinaFaceDecoder.ScoreValues)
                {
                    throw new ModelException(Id, $"gives {outputs[1].Length / RetinaFaceDecoder.ScoreValues} candidates for {view.Width} x {view.Height} pixels, "
                        + $"its manifest's strides and anchorSizes make {priors}");
                }
                return _decoder.Decode(view.Width, view.Height, outputs[0], outputs[1], _settings.Keypoints == FaceLandmarks.Count ? outputs[2] : [], minScore);
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }
    }

    /// <summary>The three outputs are told apart by their last axis, since exporters name them as they like.</summary>
    private string[] Bind(NetworkSignature signature)
    {
        _input = signature.RequireImage(Id, _promised.Width, _promised.Height);
        List<string> names = [Output("box regressions", RetinaFaceDecoder.BoxValues), Output("class probabilities", RetinaFaceDecoder.ScoreValues)];
        if (_settings.Keypoints == FaceLandmarks.Count) names.Add(Output("landmark regressions", RetinaFaceDecoder.LandmarkValues));
        return [.. names];

        string Output(string what, int values)
        {
            NetworkTensor[] fitting = [.. signature.Outputs.Where(output => output.Shape.Count > 0 && output.Shape[^1] == values)];
            return fitting.Length == 1
                ? fitting[0].Name
                : throw new ModelException(Id, $"needs one output of {what} [N, priors, {values}], has {fitting.Length}; its outputs are {string.Join(", ", signature.Outputs)}");
        }
    }
}
