using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Networks;

/// <summary>A module that only gives its children their names.</summary>
internal sealed class NamedParts() : nn.Module(nameof(NamedParts))
{
    /// <summary>Takes a child in.</summary>
    /// <returns>The child.</returns>
    public T Add<T>(string name, T part)
        where T : nn.Module
    {
        register_module(name, part);
        return part;
    }
}
