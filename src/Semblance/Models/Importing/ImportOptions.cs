namespace Semblance.Models.Importing;

/// <summary>What its owner knows about a file. What is left null is taken from a manifest beside the file, else from the network, else
/// assumed and said.</summary>
public sealed record ImportOptions
{
    /// <summary>Catalogue id; null makes one from the file's name.</summary>
    public string? Id { get; init; }

    /// <summary>What the model does.</summary>
    public ModelKind? Kind { get; init; }

    /// <summary><c>RGB</c> or <c>BGR</c>.</summary>
    public string? Channels { get; init; }

    /// <summary>Subtracted from pixels 0..255, one number or three in the order of the channels.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Multiplied after that, one number or three.</summary>
    public IReadOnlyList<float>? Scale { get; init; }

    /// <summary>Side of the input in pixels.</summary>
    public int? Size { get; init; }

    /// <summary>Detectors: <c>retinaface</c> or <c>scrfd</c>; null looks at the outputs.</summary>
    public string? Decoder { get; init; }

    /// <summary>Classifiers: the classes in order.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>SPDX id or a short statement.</summary>
    public string? License { get; init; }

    /// <summary>A manifest; null looks for <c>NAME.json</c> and <c>model.json</c> beside the file.</summary>
    public string? Manifest { get; init; }
}
