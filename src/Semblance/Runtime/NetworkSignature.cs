using Microsoft.ML.OnnxRuntime;
using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>What a network takes and gives, as its file declares it.</summary>
/// <param name="Inputs">Tensors that go in.</param>
/// <param name="Outputs">Tensors that come out.</param>
internal sealed record NetworkSignature(IReadOnlyList<NetworkTensor> Inputs, IReadOnlyList<NetworkTensor> Outputs)
{
    /// <summary>The signature of a loaded network.</summary>
    public static NetworkSignature Of(InferenceSession session) => new(Tensors(session.InputMetadata), Tensors(session.OutputMetadata));

    /// <summary>The only input, as a batch of three planes.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="width">The width that the manifest promises; 0 for any.</param>
    /// <param name="height">The height that the manifest promises; 0 for any.</param>
    /// <exception cref="ModelException">Several inputs, another type, another rank, other channels, or another size.</exception>
    public ImageInput RequireImage(string model, int width, int height)
    {
        if (Inputs.Count != 1)
            throw new ModelException(model, $"must have one input, has {Inputs.Count}: {string.Join(", ", Inputs)}");
        NetworkTensor input = Inputs[0];
        if (!input.IsFloat)
            throw new ModelException(model, $"its input {input} holds {input.Element}, 32-bit floats are needed");
        if (input.Shape.Count != 4)
            throw new ModelException(model, $"its input {input} is no batch of pictures [N, 3, height, width]");
        if (input.Shape[1] is not (3 or NetworkTensor.Free))
        {
            string hint = input.Shape[3] == 3 ? "; it wants the channels last (NHWC), only NCHW is known" : "";
            throw new ModelException(model, $"its input {input} has {input.Shape[1]} channels, 3 are needed{hint}");
        }
        CheckSide("high", input, input.Shape[2], height);
        CheckSide("wide", input, input.Shape[3], width);
        if (input.Shape[2] == NetworkTensor.Free != (input.Shape[3] == NetworkTensor.Free))
            throw new ModelException(model, $"its input {input} leaves one side free and fixes the other; both or neither must be free");
        return new(input.Shape[0], input.Shape[2], input.Shape[3]);

        void CheckSide(string what, NetworkTensor tensor, int has, int promised)
        {
            if (promised > 0 && has != NetworkTensor.Free && has != promised)
                throw new ModelException(
                    model,
                    $"its manifest promises an input {promised} pixels {what}, the network's {tensor} is {has}"
                );
        }
    }

    private static NetworkTensor[] Tensors(IReadOnlyDictionary<string, NodeMetadata> tensors) =>
        [
            .. tensors.Select(t =>
                t.Value.IsTensor
                    ? new NetworkTensor(
                        t.Key,
                        [.. t.Value.Dimensions.Select(side => side > 0 ? side : NetworkTensor.Free)],
                        t.Value.ElementDataType.ToString()
                    )
                    : new NetworkTensor(t.Key, [], t.Value.OnnxValueType.ToString())
            ),
        ];
}

/// <summary>One tensor that a network declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes of its axes; <see cref="Free"/> where the size is not fixed.</param>
/// <param name="Element">Type of its elements.</param>
internal sealed record NetworkTensor(string Name, IReadOnlyList<int> Shape, string Element)
{
    /// <summary>Stands for an axis of any size.</summary>
    public const int Free = -1;

    /// <summary>Whether it holds 32-bit floats.</summary>
    public bool IsFloat => Element == nameof(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float);

    /// <summary>Name and shape for messages.</summary>
    public override string ToString() =>
        $"{Name} [{string.Join(", ", Shape.Select(side => side == Free ? "?" : FormattableString.Invariant($"{side}")))}]";
}

/// <summary>The sizes of a picture input; <see cref="NetworkTensor.Free"/> where any goes.</summary>
/// <param name="Batch">Pictures in one run.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct ImageInput(int Batch, int Height, int Width)
{
    /// <summary>Whether the network takes pictures of any size.</summary>
    public bool AnySize => Height == NetworkTensor.Free && Width == NetworkTensor.Free;
}
