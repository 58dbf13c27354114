using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// Gives every feature map inside a network whole blocks of channels; the added ones hold zeros throughout. ONNX Runtime computes whole
/// blocks anyway, but leaves its blocked layout, at the price of copies and of fusions, wherever a map does not fill them. Padding of
/// channels, as between BlazeFace's stages, falls away within a block and else becomes part of the convolution that is added to it. The
/// numbers stay the same.
/// </summary>
internal static class ChannelWidening
{
    /// <summary>Rewrites a model; the argument stays as it is.</summary>
    /// <exception cref="ConversionException">Channels are padded for something other than the sum with a convolution.</exception>
    public static OnnxModel Apply(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ChannelUse use = new(model.Graph);
        WidenedGraph graph = new(model.Graph, use);
        foreach (OnnxNode node in model.Graph.Nodes)
            graph.Add(node);
        return model with { Graph = graph.Build() };
    }
}
