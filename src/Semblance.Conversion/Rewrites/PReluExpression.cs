using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>Writes PReLU in the form that is asked for.</summary>
internal static class PReluExpression
{
    /// <summary>PReLU of a feature map.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="slopes">[C].</param>
    /// <param name="form">How it is written.</param>
    /// <param name="offset">What was added to every channel of x and shall be added to the result, or null; not in the form of the
    /// operator.</param>
    public static string OfMap(OnnxGraphBuilder builder, string x, float[] slopes, PReluForm form, float[]? offset = null)
    {
        if (form == PReluForm.Operator)
            return builder.Add("PRelu", [x, builder.Constant(slopes, slopes.Length, 1, 1)]);
        if (CanBeRaised(slopes))
            return builder.Add("Add", [x, builder.Add("Relu", [builder.Conv(x, Undoing(Diagonal(Raise(slopes)), offset))])]);
        string negative = builder.Add("Relu", [builder.Conv(x, Undoing(Diagonal(Negate(slopes)), offset))]);
        return builder.Add("Add", [x, builder.Conv(negative, Diagonal(Complement(slopes)))]);
    }

    /// <summary>PReLU of vectors.</summary>
    /// <inheritdoc cref="OfMap"/>
    /// <param name="x">[N, C].</param>
    public static string OfVectors(OnnxGraphBuilder builder, string x, float[] slopes, PReluForm form)
    {
        if (form == PReluForm.Operator)
            return builder.Add("PRelu", [x, builder.Constant(slopes, slopes.Length)]);
        string positive = builder.Add("Relu", [x]);
        string scaled = builder.Add("Mul", [x, builder.Constant(slopes, slopes.Length)]);
        return builder.Add("Add", [scaled, builder.Add("Mul", [positive, builder.Constant(Complement(slopes), slopes.Length)])]);
    }

    /// <summary>A diagonal of x + offset that gives what it gave of x.</summary>
    private static ConvKernel Undoing(ConvKernel diagonal, float[]? offset) =>
        offset is null ? diagonal : diagonal with { Bias = [.. offset.Select((value, c) => -diagonal.Weights[c] * value)] };

    /// <summary>Whether x + relu((slope - 1) x) is PReLU, which takes one pass less: for slopes of at most 1 the factor can go inside
    /// relu.</summary>
    public static bool CanBeRaised(float[] slopes) => Array.TrueForAll(slopes, slope => slope <= 1);

    /// <summary>slope - 1 for every channel.</summary>
    public static float[] Raise(float[] slopes) => [.. slopes.Select(slope => slope - 1)];

    /// <summary>1 - slope for every channel.</summary>
    public static float[] Complement(float[] slopes) => [.. slopes.Select(slope => 1 - slope)];

    /// <summary>-1 for every channel.</summary>
    public static float[] Negate(float[] slopes) => [.. slopes.Select(_ => -1f)];

    /// <summary>A depthwise 1 x 1 convolution: every channel times its factor.</summary>
    public static ConvKernel Diagonal(float[] factors) => new(factors.Length, 1, 1, 1, factors, null) { Groups = factors.Length };
}
