namespace Semblance.Conversion.Architectures;

/// <summary>Which network of which model an architecture is.</summary>
/// <param name="Kind">What the model does.</param>
/// <param name="Model">The model: an architecture's id, or <c>mtcnn</c> for its three networks.</param>
/// <param name="File">The network's role in the model's manifest: <c>model</c>, or <c>pnet</c>, <c>rnet</c>, <c>onet</c>.</param>
/// <param name="FilesOfModel">The roles of all networks that the model needs.</param>
public sealed record NetworkRole(NetworkKind Kind, string Model, string File, IReadOnlyList<string> FilesOfModel)
{
    /// <summary>The role of a model's only network.</summary>
    public const string Only = "model";

    /// <summary>The only network of a model.</summary>
    public NetworkRole(NetworkKind kind, string model)
        : this(kind, model, Only, [Only]) { }
}
