namespace Semblance.Conversion.Architectures;

/// <summary>How a network is written as a graph; both forms compute the same but for rounding.</summary>
public enum GraphForm
{
    /// <summary>Batch normalisation folded into its neighbours, PReLU rewritten: what runs fast in ONNX Runtime.</summary>
    Fast,

    /// <summary>Operator by operator, as PyTorch's own exporter writes it: for comparison.</summary>
    Exported,
}
