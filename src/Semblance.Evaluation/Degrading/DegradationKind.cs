namespace Semblance.Evaluation.Degrading;

/// <summary>Ways in which a picture is made worse.</summary>
public enum DegradationKind
{
    /// <summary>Gaussian blur; the amount is its standard deviation in pixels of the picture.</summary>
    Blur,

    /// <summary>The face made so many pixels high (its box) by area averaging, and enlarged again bilinearly.</summary>
    Size,

    /// <summary>Compressed as JPEG of this quality, 1 to 100.</summary>
    Jpeg,

    /// <summary>Gaussian noise of this standard deviation, of 255, on every channel of every pixel.</summary>
    Noise,

    /// <summary>Values raised to this power: above 1 darker, below 1 paler.</summary>
    Gamma,

    /// <summary>Without colour.</summary>
    Grey,

    /// <summary>The face below the middle of the nose covered by one colour, as by a medical mask.</summary>
    Mask,

    /// <summary>Turned clockwise by 90, 180 or 270 degrees, without a word about it.</summary>
    Turn,

    /// <summary>Left and right exchanged.</summary>
    Mirror,

    /// <summary>The picture made so many times as large about its middle, in the frame that it had: above 1 a crop is tighter, below 1
    /// looser, its border repeated.</summary>
    Zoom,

    /// <summary>Moved to the right by this part of its width, negative to the left, its border repeated.</summary>
    Across,

    /// <summary>Moved down by this part of its height, negative up, its border repeated.</summary>
    Down,
}
