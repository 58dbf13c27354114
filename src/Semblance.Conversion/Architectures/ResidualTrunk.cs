using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// The trunk of a residual recognition network, with all its normalisations folded away. Those behind a convolution go into it. One in
/// front of a convolution with zeros around its input cannot: its shift would have to be added to the zeros as well. But scale (x + offset)
/// equals it, so here the map that runs along the shortcuts carries the offset of the next block: it comes with the bias of the convolution
/// that is added to the map, the zeros around it stay zero as they must, and the scale goes into the next convolution. Exact algebra; a
/// block with a scale near zero keeps its normalisation.
/// </summary>
/// <param name="builder">What layers are written with.</param>
/// <param name="blocks">The blocks.</param>
internal sealed class ResidualTrunk(NetworkBuilder builder, IReadOnlyList<ResidualBlock> blocks)
{
    /// <summary>Writes the stem, a 3x3 convolution with normalisation and PReLU, and all blocks.</summary>
    /// <param name="x">[N, 3, H, W].</param>
    /// <param name="stem">Names of the stem's convolution, normalisation and PReLU.</param>
    /// <returns>[N, C, h, w] of the last block.</returns>
    public string Write(string x, (string Conv, string Norm, string PRelu) stem)
    {
        BatchNorm[] norms = [.. blocks.Select(block => BatchNorm.Read(builder.Weights, block.Keys.Norm1, block.In))];
        double[]?[] offsets = [.. norms.Select(norm => builder.IsFast ? norm.Offset() : null)];
        int channels = blocks[0].In;
        ConvLayer conv = builder.Layer(stem.Conv, new(channels, 3, 3)).Padded(1);
        BatchNorm stemNorm = BatchNorm.Read(builder.Weights, stem.Norm, channels);
        float[] slopes = builder.Weights.Vector(stem.PRelu + ".weight", channels);
        x = offsets[0] is { } first
            ? builder.PRelu(builder.Conv(x, conv.Then(stemNorm).Plus(first)), slopes, first)
            : builder.PRelu(builder.ConvNorm(x, conv, stemNorm), slopes);
        for (int i = 0; i < blocks.Count; i++)
            x = Block(x, blocks[i], norms[i], offsets[i], i + 1 < blocks.Count ? offsets[i + 1] : null);
        return x;
    }

    /// <param name="x">The map, with the offset if there is one.</param>
    /// <param name="block">The block.</param>
    /// <param name="norm">Its first normalisation.</param>
    /// <param name="offset">What was added to the map.</param>
    /// <param name="next">What shall be added to the result.</param>
    private string Block(string x, ResidualBlock block, BatchNorm norm, double[]? offset, double[]? next)
    {
        ConvLayer conv1 = builder.Layer(block.Keys.Conv1, new(block.Out, block.In, 3)).Padded(1);
        string y =
            offset is not null ? x
            : builder.IsFast ? builder.Scaled(x, norm.Scale, norm.Shift)
            : builder.Norm(x, norm);
        if (offset is not null)
            conv1 = conv1.After(norm.Scale);
        y = builder.ConvNorm(y, conv1, BatchNorm.Read(builder.Weights, block.Keys.Norm2, block.Out));
        y = builder.PRelu(y, builder.Weights.Vector(block.Keys.PRelu + ".weight", block.Out));
        ConvLayer conv2 = builder.Layer(block.Keys.Conv2, new(block.Out, block.Out, 3)).Padded(1) with { Stride = block.Stride };
        BatchNorm norm3 = BatchNorm.Read(builder.Weights, block.Keys.Norm3, block.Out);
        string shortcut = Shortcut(x, block, offset);
        if (!builder.IsFast)
            return builder.Graph.Add("Add", [builder.ConvNorm(y, conv2, norm3), shortcut]);

        // A shortcut without a convolution brings the offset along.
        double[]? brought = block.Shortcut == ResidualShortcut.Convolution ? null : offset;
        conv2 = conv2.Then(norm3).Plus(Enumerable.Range(0, block.Out).Select(c => (next?[c] ?? 0) - (brought?[c] ?? 0)));
        return builder.Graph.Add("Add", [builder.Conv(y, conv2), shortcut]);
    }

    private string Shortcut(string x, ResidualBlock block, double[]? offset)
    {
        if (block.Shortcut == ResidualShortcut.Identity)
            return x;
        if (block.Shortcut == ResidualShortcut.Subsample)
        {
            OnnxAttribute one = new("kernel_shape", new long[] { 1, 1 }),
                strides = new("strides", new long[] { block.Stride, block.Stride });
            return builder.Graph.Add("MaxPool", [x], one, strides);
        }
        ConvLayer conv = builder.Layer(block.Keys.ShortcutConv, new(block.Out, block.In, 1)) with { Stride = block.Stride };
        BatchNorm norm = BatchNorm.Read(builder.Weights, block.Keys.ShortcutNorm, block.Out);
        return offset is null ? builder.ConvNorm(x, conv, norm) : builder.Conv(x, conv.Then(norm).Undoing(offset));
    }
}
