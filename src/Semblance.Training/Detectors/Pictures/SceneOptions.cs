namespace Semblance.Training.Detectors.Pictures;

/// <summary>How inputs are made.</summary>
internal sealed record SceneOptions
{
    /// <summary>Side in pixels, a multiple of 32.</summary>
    public int Side { get; init; } = 320;

    /// <summary>Part of the labelled scenes that are made for one face.</summary>
    public double FaceShare { get; init; } = 0.6;

    /// <summary>Part of all scenes that are put together of single faces.</summary>
    public double SinglesShare { get; init; } = 0.25;

    /// <summary>Part of the labelled scenes that are turned; their boxes do not stay boxes, so only a teacher knows their faces.</summary>
    public double TurnShare { get; init; } = 0.12;

    /// <summary>Largest turn to either side, in radians.</summary>
    public float LargestTurn { get; init; } = 0.6f;

    /// <summary>Height in the crop of the face that it is made for, from and to, in pixels.</summary>
    public float SmallestFace { get; init; } = 10;

    /// <inheritdoc cref="SmallestFace"/>
    public float LargestFace { get; init; } = 280;

    /// <summary>No crop is made for a face lower than this in its picture.</summary>
    public float SmallestAnchorFace { get; init; } = 8;

    /// <summary>Pictures are scaled at least and at most by these factors.</summary>
    public float SmallestZoom { get; init; } = 0.4f;

    /// <inheritdoc cref="SmallestZoom"/>
    public float LargestZoom { get; init; } = 4;

    /// <summary>Faces lower than this in the crop are neither learnt nor background, in pixels.</summary>
    public float SmallestLabel { get; init; } = 8;

    /// <summary>Part of the single faces on which something lies.</summary>
    public double CoverShare { get; init; } = 0.15;

    /// <summary>Part of the scenes that are blurred.</summary>
    public double BlurShare { get; init; } = 0.1;

    /// <summary>Part of the scenes that are compressed as JPEG.</summary>
    public double CompressShare { get; init; } = 0.2;
}
