namespace Semblance.Conversion.Rewrites;

/// <summary>How PReLU, max(x, 0) + slope min(x, 0) with a slope for every channel, is written.</summary>
internal enum PReluForm
{
    /// <summary>As the operator of that name, as ordinary exporters do. ONNX Runtime's kernel for it is slow and breaks the blocked
    /// layout.</summary>
    Operator,

    /// <summary>
    /// As x + (1 - slope) relu(-x), the factors by depthwise 1 x 1 convolutions: exact algebra for any slope, stays in the blocked layout,
    /// and ONNX Runtime fuses relu and one addition into the convolutions.
    /// </summary>
    Convolutions,
}
