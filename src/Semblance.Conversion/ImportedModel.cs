using Semblance.Conversion.Architectures;

namespace Semblance.Conversion;

/// <summary>A model that was imported: its networks and what its manifest must say of them.</summary>
/// <param name="Model">The architecture's id, or <c>mtcnn</c>.</param>
/// <param name="Kind">What the model does.</param>
/// <param name="Networks">Its networks, in the order of the checkpoints.</param>
public sealed record ImportedModel(string Model, NetworkKind Kind, IReadOnlyList<ImportedNetwork> Networks)
{
    /// <summary>How pixels become the input: of the first network, or, where several take different sizes, with the sizes left
    /// open.</summary>
    public NetworkInput Input =>
        Networks is [var only] ? only.Architecture.Input : Networks[0].Architecture.Input with { Width = 0, Height = 0 };
}
