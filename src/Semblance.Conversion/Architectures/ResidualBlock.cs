namespace Semblance.Conversion.Architectures;

/// <summary>
/// A block of the residual networks of face recognition (Deng et al., CVPR 2019, section 3.1, "IR"): normalisation, 3x3 convolution,
/// normalisation, PReLU, 3x3 convolution with the stride, normalisation, plus the input.
/// </summary>
/// <param name="In">Channels that it takes.</param>
/// <param name="Out">Channels that it gives.</param>
/// <param name="Stride">Of its second convolution.</param>
/// <param name="Shortcut">How the input comes to the sum.</param>
/// <param name="Keys">What its layers are called.</param>
internal sealed record ResidualBlock(int In, int Out, int Stride, ResidualShortcut Shortcut, ResidualKeys Keys);

/// <summary>How a residual block's input comes to the sum.</summary>
internal enum ResidualShortcut
{
    /// <summary>As it is.</summary>
    Identity,

    /// <summary>Every second row and column.</summary>
    Subsample,

    /// <summary>Through a 1x1 convolution and a normalisation.</summary>
    Convolution,
}

/// <summary>The names of a residual block's layers.</summary>
/// <param name="Norm1">Normalisation of the input.</param>
/// <param name="Conv1">First convolution.</param>
/// <param name="Norm2">Normalisation behind it.</param>
/// <param name="PRelu">PReLU.</param>
/// <param name="Conv2">Second convolution.</param>
/// <param name="Norm3">Normalisation behind it.</param>
/// <param name="ShortcutConv">Convolution of the shortcut.</param>
/// <param name="ShortcutNorm">Normalisation of the shortcut.</param>
internal sealed record ResidualKeys(
    string Norm1,
    string Conv1,
    string Norm2,
    string PRelu,
    string Conv2,
    string Norm3,
    string ShortcutConv,
    string ShortcutNorm
);
