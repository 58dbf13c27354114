namespace Semblance.Client;

/// <summary>What was found in a picture.</summary>
public sealed record PictureAnswer
{
    /// <summary>What the picture was called.</summary>
    public required string Input { get; init; }

    /// <summary>Width of the upright picture in pixels; null when it could not be read.</summary>
    public int? Width { get; init; }

    /// <summary>Height of the upright picture in pixels; null when it could not be read.</summary>
    public int? Height { get; init; }

    /// <summary>The faces; null when the picture could not be read.</summary>
    public IReadOnlyList<FaceAnswer>? Faces { get; init; }

    /// <summary>Why the picture could not be analysed; only in batches.</summary>
    public ErrorAnswer? Error { get; init; }

    /// <summary>Names the request in the service's logs; null in batches.</summary>
    public string? RequestId { get; init; }
}
