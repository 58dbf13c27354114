using System.CommandLine;
using Semblance.Attributes;
using Semblance.Cli.Output;
using Semblance.Detection;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Cli;

/// <summary>The options that say how faces are found and described.</summary>
internal static class AnalyzerOptions
{
    public static readonly Option<string> Detector = new("--detector")
    {
        Description = $"Detector by catalogue id. [default: {string.Join(", else ", FaceDetectors.Defaults)}]",
        HelpName = "ID",
    };

    public static readonly Option<string> Embedder = new("--embedder")
    {
        Description = $"Embedder by catalogue id. [default: {FaceAnalyzerOptions.DefaultEmbedder}]",
        HelpName = "ID",
    };

    public static readonly Option<float?> MinScore = new("--min-score")
    {
        Description = "Leave out faces below this score, 0 to 1.",
        HelpName = "S",
    };

    public static readonly Option<float?> MinFace = new("--min-face")
    {
        Description =
            "Smallest face to look for, height in pixels; larger is faster. [default: about 10 for retinaface-wider, in large pictures 1 % "
            + "of the longer side; 20 for mtcnn]",
        HelpName = "PX",
    };

    public static readonly Option<long?> MaxPixels = new("--max-megapixels")
    {
        Description = "Refuse pictures with more, in megapixels, before decoding. [default: 100]",
        HelpName = "MP",
    };

    public static readonly Option<bool> Flip = new("--flip")
    {
        Description = "Average with the embedding of the mirrored crop: slower, another contract.",
    };

    public static readonly Option<string?> AttributeModels = new("--attribute-models")
    {
        Description =
            "Models to ask for age, gender, emotion, pose or landmarks, by catalogue id, separated by commas. [default: the pack's]",
        HelpName = "ID,…",
    };

    public static readonly Option<string?> EmotionLabels = new("--emotion-labels")
    {
        Description = "Label set whose idea of the expressions counts: fer2013, ferplus, rafdb. [default: by the kind of picture]",
        HelpName = "SET",
    };

    public static readonly Option<string> Device = new("--device")
    {
        Description =
            $"Processor for the networks: {string.Join(", ", ExecutionProviders.Names)}. One that is not there is an error. [default: cpu]",
        HelpName = "D",
    };

    public static IReadOnlyList<Option> ForDetection { get; } = [Detector, MinScore, MinFace, MaxPixels, Device];

    /// <summary>The analyzer that the options describe.</summary>
    public static FaceAnalyzer Build(Settings settings, Action<NetworkRun>? tap = null) => Configure(settings, tap).Build();

    /// <summary>A builder set as the options describe.</summary>
    public static FaceAnalyzerBuilder Configure(Settings settings, Action<NetworkRun>? tap = null)
    {
        ModelCatalog catalog = Catalog(settings);
        string detector = settings.Get(Detector!, null) ?? FaceDetectors.DefaultIn(catalog);
        TermsNotice.Show(settings, catalog.Find(detector));
        return Permitted(settings)
            .UseDetector(detector)
            .UseEmbedder(settings.Get(Embedder, FaceAnalyzerOptions.DefaultEmbedder))
            .UseDetection(new DetectionOptions { MinScore = settings.Get(MinScore, null), MinFaceSize = settings.Get(MinFace, null) })
            .UseDecoding(Decoding(settings))
            .UseAttributes(
                settings.Get(AttributeModels, null)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    ?? []
            )
            .UseAttributes(new AttributeOptions { EmotionLabels = settings.Get(EmotionLabels, null) })
            .UseEmbedding(new() { Flip = settings.Get(Flip, false) })
            .UseExecution(Execution(settings) with { Tap = tap });
    }

    /// <summary>Where and how networks run.</summary>
    public static ExecutionOptions Execution(Settings settings) =>
        new() { Provider = DeviceOf(settings.Get(Device, "cpu")), Threads = settings.Threads };

    /// <summary>The installed models that may be used.</summary>
    public static ModelCatalog Catalog(Settings settings) =>
        settings.Get(GlobalOptions.CommercialOnly, false) ? ModelCatalog.Default.For(ModelUse.Commercial) : ModelCatalog.Default;

    private static FaceAnalyzerBuilder Permitted(Settings settings)
    {
        FaceAnalyzerBuilder builder = FaceAnalyzer.CreateBuilder();
        return settings.Get(GlobalOptions.CommercialOnly, false) ? builder.CommercialUseOnly() : builder;
    }

    private static ExecutionProvider DeviceOf(string name) =>
        ExecutionProviders.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ExecutionProviders.Parse(name)
            : throw new UsageException($"--device is '{name}'; known are {string.Join(", ", ExecutionProviders.Names)}");

    /// <summary>How images are read.</summary>
    public static Imaging.ImageDecodingOptions Decoding(Settings settings) =>
        new()
        {
            Decoders = [Imaging.Magick.MagickDecoder.Instance],
            PixelLimit = settings.Get(MaxPixels, null) is { } megapixels
                ? megapixels * 1_000_000
                : Imaging.ImageDecodingOptions.DefaultPixelLimit,
        };
}
