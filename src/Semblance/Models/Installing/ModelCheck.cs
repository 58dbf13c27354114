using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models.Importing;
using Semblance.Runtime;
using Semblance.Writing;

namespace Semblance.Models.Installing;

/// <summary>Whether a model is what its manifest promises: files and hashes, inputs and outputs, and that it runs.</summary>
public static class ModelCheck
{
    /// <summary>A side that every stride of the known detectors divides.</summary>
    private const int ProbeSide = 128;

    /// <summary>How long loading a model and running it once may take; the largest known ones need a few seconds.</summary>
    public static readonly TimeSpan TimeLimit = TimeLimited.Limit;

    /// <summary>Loads every network and runs it once on a made-up picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="execution">Where networks run; null for the processor.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ModelException">What does not fit, with what was promised and what was found; or it takes longer than
    /// <see cref="TimeLimit"/>.</exception>
    public static void Load(InstalledModel model, ExecutionOptions? execution = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        TimeLimited.Run(
            model.Id,
            stop => LoadAll(model, (execution ?? new() { Threads = 1 }) with { IsUntrusted = true, Stop = stop }),
            cancellationToken
        );
    }

    private static void LoadAll(InstalledModel model, ExecutionOptions execution)
    {
        IReadOnlyList<string> altered = model.FindAlteredFiles();
        if (altered.Count > 0)
            throw new ModelException(model.Id, $"altered or missing: {string.Join(", ", altered)}");
        if (model.Manifest.Kinds.Count == 0)
            throw new ModelException(model.Id, "its manifest names no kind");
        foreach (string role in model.NetworkRoles)
            if (OnnxWeights.FindNotANumber(model.PathOf(role)) is { } tensor)
                throw new ModelException(
                    model.Id,
                    $"the weights '{PlainText.Escape(tensor)}' of {role} have values that are no numbers (NaN)"
                );
        PixelView probe = Probe(model.Manifest.Input.Width > 0 ? model.Manifest.Input.Width : ProbeSide);
        foreach (ModelKind kind in model.Manifest.Kinds)
        {
            switch (kind)
            {
                case ModelKind.Detector:
                    Detect(model, probe, execution);
                    break;
                case ModelKind.Embedder:
                    Embed(model, probe, execution);
                    break;
                case var one when AttributeDescriptor.All.Any(attribute => attribute.Kind == one):
                    Estimate(model, execution);
                    break;
                default:
                    Bind(model, execution);
                    break;
            }
        }
    }

    private static void Detect(InstalledModel model, PixelView probe, ExecutionOptions execution)
    {
        using IFaceDetector detector = FaceDetectors.Create(model, execution);
        using FaceImage image = FaceImage.FromPixels(probe);
        _ = detector.Detect(image, DetectionOptions.Default);
    }

    private static void Embed(InstalledModel model, PixelView probe, ExecutionOptions execution)
    {
        using OnnxFaceEmbedder embedder = new(model, execution: execution);
        DetectedFace face = new(new(0, 0, probe.Width, probe.Height), 1, default);
        _ = embedder.Embed([new AlignedFace(probe, new(1, 0, 0, 0), face)]);
    }

    private static void Estimate(InstalledModel model, ExecutionOptions execution)
    {
        using IFaceAttributeModel attributes = FaceAttributeModels.Create(model, new(), execution);
        using FaceImage image = FaceImage.FromPixels(Probe(ProbeSide));
        _ = attributes.Estimate(image, [ProbeFace]);
    }

    private static DetectedFace ProbeFace => new(new(0, 0, ArcFaceTemplate.Size, ArcFaceTemplate.Size), 1, ArcFaceTemplate.Points);

    private static void Bind(InstalledModel model, ExecutionOptions execution)
    {
        foreach (string role in model.NetworkRoles)
        {
            using NetworkSession network = new(
                model.Id,
                model.PathOf(role),
                signature =>
                {
                    _ = signature.RequireImage(model.Id, model.Manifest.Input.Width, model.Manifest.Input.Height);
                    return
                    [
                        .. model
                            .Manifest.Output.Outputs.Where(output => output.Value.File is not { } file || file == role)
                            .Select(output => OutputBinding.Find(model.Id, signature, output.Key, output.Value)),
                    ];
                },
                execution
            );
            network.Warm();
        }
    }

    /// <summary>A ramp, so that no network sees nothing but zeros.</summary>
    private static PixelView Probe(int side)
    {
        byte[] pixels = new byte[3 * side * side];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i / 3 % side * 2 + i / (3 * side));
        return new(pixels, side, side, 3 * side, PixelFormat.Rgb24);
    }
}
