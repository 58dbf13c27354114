using System.Buffers;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection;

/// <summary>
/// What detectors share that look once at the whole picture and score anchors: the network, how the picture gets into it, and the way from
/// candidates to faces. Thread-safe.
/// </summary>
internal sealed class AnchorNetwork : IDisposable
{
    private readonly string _id;
    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private ImageInput _input;

    /// <param name="model">The model.</param>
    /// <param name="decoder">The decoder that its manifest must name.</param>
    /// <param name="bind">Checks the outputs of the loaded network and names those wanted.</param>
    /// <param name="execution">Where it runs.</param>
    /// <exception cref="ModelException">The manifest has no such decoder.</exception>
    public AnchorNetwork(InstalledModel model, string decoder, Func<NetworkSignature, string[]> bind, ExecutionOptions execution)
    {
        if (
            model.Manifest.Output.Decoder is not { Thresholds.Count: > 0, OverlapThresholds.Count: > 0 } settings
            || settings.Kind != decoder
        )
            throw new ModelException(model.Id, $"its manifest has no '{decoder}' decoder with a threshold and an overlap threshold");
        (_id, Settings) = (model.Id, settings);
        _layout = ManifestLayout.Of(_id, model.Manifest.Input);
        _network = new(
            _id,
            model.PathOf(),
            signature =>
            {
                _input = signature.RequireImage(_id, model.Manifest.Input.Width, model.Manifest.Input.Height);
                return bind(signature);
            },
            execution
        );
    }

    /// <summary>Reads the candidates out of one run.</summary>
    /// <param name="view">What the network saw.</param>
    /// <param name="outputs">What it gave.</param>
    /// <param name="minScores">Lowest score, 0 to 1: one, or one for each of the manifest's thresholds.</param>
    public delegate FaceCandidates Decode(NetworkView view, in NetworkOutputs outputs, ReadOnlySpan<float> minScores);

    /// <summary>The manifest's decoder.</summary>
    public DetectorDecoder Settings { get; }

    /// <summary>Whether the network takes inputs of any size; loads it.</summary>
    public bool SeesAnySize
    {
        get
        {
            Warm();
            return _input.AnySize;
        }
    }

    /// <summary>Loads the network now.</summary>
    public void Warm() => _network.Warm();

    /// <summary>Finds faces: a network of a fixed size sees the picture letterboxed, one of any size sees it as the detector
    /// says.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">What is looked for.</param>
    /// <param name="limits">What comes out at most.</param>
    /// <param name="look">How a network of any size sees the picture.</param>
    /// <param name="decode">Reads the candidates.</param>
    public List<DetectedFace> Detect(
        FaceImage image,
        DetectionOptions options,
        AnchorLimits limits,
        Func<FaceImage, DetectionOptions, NetworkView> look,
        Decode decode
    )
    {
        _network.Warm();
        NetworkView view = _input.AnySize ? look(image, options) : NetworkView.Letterbox(image, _input.Width, _input.Height);
        IReadOnlyList<float> thresholds = options.MinScore is { } asked ? [asked] : Settings.Thresholds;
        float[] minScores = [.. thresholds.Select(threshold => Math.Max(threshold, limits.ScoreFloor))];
        List<DetectedFace> faces = Run(view, minScores, decode)
            .ToFaces(view, Settings.OverlapThresholds[0], limits.Candidates, limits.Faces);
        if (options.MinFaceSize is { } smallest)
            faces.RemoveAll(face => face.Box.Height < smallest);
        return faces;
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceCandidates Run(NetworkView view, float[] minScores, Decode decode)
    {
        using IMemoryOwner<float> input = Scratch.Rent(3 * view.Width * view.Height);
        view.Read(_layout, input.Memory.Span);
        return _network.Run(input.Memory, [1, 3, view.Height, view.Width], outputs => decode(view, outputs, minScores));
    }
}

/// <summary>What comes out of an anchor detector at most.</summary>
/// <param name="ScoreFloor">Lowest score of all, 0 to 1.</param>
/// <param name="Candidates">So many of the best go into suppression.</param>
/// <param name="Faces">So many come out of it.</param>
internal readonly record struct AnchorLimits(float ScoreFloor, int Candidates, int Faces);
