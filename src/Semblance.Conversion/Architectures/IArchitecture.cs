using Semblance.Conversion.Onnx;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>A network that is known by the keys and shapes of its state_dict. Immutable and thread-safe.</summary>
public interface IArchitecture
{
    /// <summary>Its name: lower case letters, digits and dashes, e.g. <c>iresnet-50</c>.</summary>
    string Id { get; }

    /// <summary>The model that it is a network of, and which one.</summary>
    NetworkRole Role { get; }

    /// <summary>How pixels become its input.</summary>
    NetworkInput Input { get; }

    /// <summary>What comes out of the graph.</summary>
    IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <summary>Every entry that its state_dict must have.</summary>
    IReadOnlyList<StateKey> Keys { get; }

    /// <summary>
    /// Makes the graph. Large weights are read from the state_dict when the graph is written, so what that reads from must stay open until
    /// then.
    /// </summary>
    /// <param name="weights">The weights; entries that are not in <see cref="Keys"/> are passed over.</param>
    /// <param name="form">How the graph is written.</param>
    /// <exception cref="ConversionException">A tensor is missing or has another shape.</exception>
    OnnxModel Build(StateDict weights, GraphForm form = GraphForm.Fast);
}
