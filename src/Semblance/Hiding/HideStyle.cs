namespace Semblance.Hiding;

/// <summary>What a hidden face looks like.</summary>
public enum HideStyle
{
    /// <summary>A blur made of thirty colours: nothing finer is left in the picture.</summary>
    Blur,

    /// <summary>Thirty squares.</summary>
    Pixelate,

    /// <summary>A box of one colour: nothing of the face is left.</summary>
    Box,
}
