using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.Scrfd;

/// <summary>
/// SCRFD (Guo et al., 2021) as InsightFace exports it, in all output layouts that circulate: with and without keypoints, with and without a
/// leading batch axis, of a fixed or any input size. Thread-safe.
/// </summary>
public sealed class ScrfdDetector : IFaceDetector, IWarmable
{
    private readonly AnchorNetwork _network;
    private readonly ScrfdDecoder _decoder;
    private readonly ScrfdOptions _options;

    /// <summary>Creates the detector; the network is loaded at the first image.</summary>
    /// <param name="model">A model whose decoder is <c>scrfd</c>.</param>
    /// <param name="options">How pictures are looked at.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe an SCRFD.</exception>
    public ScrfdDetector(InstalledModel model, ScrfdOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Id, _options) = (model.Id, options ?? ScrfdOptions.Default);
        _network = new(model, DetectorDecoder.Scrfd, Bind, execution ?? new());
        _decoder = new(Id, _network.Settings);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public float ScoreFloor => _options.ScoreFloor;

    /// <inheritdoc/>
    public bool ScalesByFace => true;

    /// <inheritdoc/>
    public IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        return _network.Detect(image, options, new(_options.ScoreFloor, _options.CandidateLimit, _options.FaceLimit), Look, Decode);
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private NetworkView Look(FaceImage image, DetectionOptions options) =>
        NetworkView.Whole(image, WorkingScale.Of(image, options, _options.LongestSide), _decoder.LargestStride);

    private FaceCandidates Decode(NetworkView view, in NetworkOutputs outputs, ReadOnlySpan<float> minScores)
    {
        long[][] shapes = new long[outputs.Count][];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = outputs.Shape(i);
        ScrfdOutputs which = ScrfdOutputs.Match(Id, shapes, _decoder.CountAnchors(view.Width, view.Height), _decoder.Keypoints);
        return _decoder.Decode(view.Width, outputs, which, minScores[0]);
    }

    private string[] Bind(NetworkSignature signature)
    {
        ScrfdOutputs.Check(Id, signature, _decoder.Levels, _decoder.Keypoints);
        return [.. signature.Outputs.Select(output => output.Name)];
    }
}
