using System.Text.Json.Serialization;
using Semblance.Imaging;

namespace Semblance;

/// <summary>What was found in one image.</summary>
/// <remarks>Dispose of it where the image was kept (<see cref="AnalysisOptions.KeepImage"/>); otherwise there is nothing to dispose
/// of.</remarks>
public sealed record ImageAnalysis : IDisposable
{
    /// <summary>File name, or what the caller named the image.</summary>
    public required string Input { get; init; }

    /// <summary>Width of the upright image in pixels; null when it could not be read.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the upright image in pixels; null when it could not be read.</summary>
    public int? Height { get; init; }

    /// <summary>Catalogue id of the detector; null when the image could not be read.</summary>
    public string? Detector { get; init; }

    /// <summary>The faces, highest score first; empty when there is none, null when the image could not be read.</summary>
    public IReadOnlyList<AnalyzedFace>? Faces { get; init; }

    /// <summary>What is wrong with the picture although it could be analysed, e.g. that parts of it are damaged; null for
    /// nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>How long each stage took.</summary>
    public StageTimings? Timings { get; init; }

    /// <summary>Why the image could not be analysed; null when it could. Only batches give this, single calls throw.</summary>
    public AnalysisError? Error { get; init; }

    /// <summary>The picture, when it was asked to be kept; null otherwise and when it could not be read.</summary>
    [JsonIgnore]
    public FaceImage? Image { get; init; }

    /// <summary>The picture where it is this result's to dispose of, not its maker's.</summary>
    internal FaceImage? OwnedImage { get; init; }

    /// <summary>The result for an image that could not be analysed.</summary>
    public static ImageAnalysis Failed(string input, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        SemblanceException? known = cause as SemblanceException;
        return new()
        {
            Input = input,
            Error = new(known?.Code ?? "internal", known?.Advice ?? cause.Message) { Category = known?.Category ?? ErrorCategory.Internal },
        };
    }

    /// <summary>Disposes of the kept image, unless it was lent.</summary>
    public void Dispose() => OwnedImage?.Dispose();
}

/// <summary>Why an image could not be analysed.</summary>
/// <param name="Code">Stable name for programs, e.g. <c>image-format</c>.</param>
/// <param name="Message">Names the input and what to do.</param>
public sealed record AnalysisError(string Code, string Message)
{
    /// <summary>What kind of error it is.</summary>
    [JsonIgnore]
    public ErrorCategory Category { get; init; } = ErrorCategory.Internal;
}

/// <summary>Milliseconds that each stage took for one image; null for stages that did not run.</summary>
public sealed record StageTimings
{
    /// <summary>Reading and decoding, at the scale that detection needed and at full resolution where crops did.</summary>
    public double Decode { get; init; }

    /// <summary>Detection without decoding.</summary>
    public double Detect { get; init; }

    /// <summary>Alignment.</summary>
    public double? Align { get; init; }

    /// <summary>Embedding.</summary>
    public double? Embed { get; init; }

    /// <summary>Attributes and quality.</summary>
    public double? Attributes { get; init; }
}
