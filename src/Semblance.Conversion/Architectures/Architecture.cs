using Semblance.Conversion.Onnx;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>What all architectures of this library share.</summary>
internal abstract class Architecture : IArchitecture
{
    /// <summary>What the files say made them.</summary>
    private protected const string Producer = "semblance";

    private readonly Lazy<IReadOnlyList<StateKey>> _keys;

    private protected Architecture(string id, NetworkRole role, NetworkInput input, params IReadOnlyList<NetworkOutput> outputs)
    {
        (Id, Role, Input, Outputs) = (id, role, input, outputs);
        _keys = new(() =>
        {
            StateReader reader = new(null);
            Graph(reader, GraphForm.Fast);
            return reader.Keys;
        });
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public NetworkRole Role { get; }

    /// <inheritdoc/>
    public NetworkInput Input { get; }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkOutput> Outputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<StateKey> Keys => _keys.Value;

    /// <inheritdoc/>
    public OnnxModel Build(StateDict weights, GraphForm form = GraphForm.Fast)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return Graph(new(weights), form);
    }

    private protected abstract OnnxModel Graph(StateReader weights, GraphForm form);
}
