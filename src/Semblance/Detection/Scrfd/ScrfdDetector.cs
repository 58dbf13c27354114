using System.Buffers;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Detection.Scrfd;

/// <summary>
/// SCRFD (Guo et al., 2021) as InsightFace exports it, in all output layouts that circulate: with and without keypoints, with and without a leading
/// batch axis, of a fixed or any input size. Thread-safe.
/// </summary>
public sealed class ScrfdDetector : IFaceDetector, IWarmable
{
    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly ScrfdDecoder _decoder;
    private readonly ScrfdOptions _options;
    private readonly DetectorDecoder _settings;
    private readonly ModelInput _promised;
    private ImageInput _input;

    /// <summary>Creates the detector; the network is loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>scrfd</c>.</param>
    /// <param name="options">How pictures are looked at.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe an SCRFD.</exception>
    public ScrfdDetector(InstalledModel model, ScrfdOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Manifest.Output.Decoder is not { Kind: DetectorDecoder.Scrfd, Thresholds.Count: > 0, OverlapThresholds.Count: > 0 } settings)
            throw new ModelException(model.Id, "its manifest has no 'scrfd' decoder with a threshold and an overlap threshold");
        (Id, _options, _settings, _promised) = (model.Id, options ?? ScrfdOptions.Default, settings, model.Manifest.Input);
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
            ? NetworkView.Whole(image, WorkingScale.Of(image, options, _options.LongestSide), _decoder.LargestStride)
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
                long[][] shapes = [.. Enumerable.Range(0, outputs.Count).Select(outputs.Shape)];
                ScrfdOutputs which = ScrfdOutputs.Match(Id, shapes, _decoder.CountAnchors(view.Width, view.Height), _decoder.Keypoints);
                return _decoder.Decode(view.Width, outputs, which, minScore);
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(input);
        }
    }

    private string[] Bind(NetworkSignature signature)
    {
        _input = signature.RequireImage(Id, _promised.Width, _promised.Height);
        ScrfdOutputs.Check(Id, signature, _decoder.Levels, _decoder.Keypoints);
        return [.. signature.Outputs.Select(output => output.Name)];
    }
}
