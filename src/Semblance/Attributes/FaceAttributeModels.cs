using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>Makes attribute models from the catalogue.</summary>
public static class FaceAttributeModels
{
    /// <summary>The model that is asked for a kind when none is named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind is no attribute.</exception>
    public static string DefaultFor(ModelKind kind) => AttributeDescriptor.For(kind).DefaultModel;

    /// <summary>Creates a model of the catalogue.</summary>
    /// <param name="id">Catalogue id.</param>
    /// <param name="catalog">Where to look, also for the embedder of a model that takes embeddings.</param>
    /// <param name="options">Which of several answers.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">Not installed, or it gives no attribute.</exception>
    public static IFaceAttributeModel Create(string id, ModelCatalog catalog, AttributeOptions options, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        AttributeEmbedders embedders = new(null, catalog, execution);
        return Create(catalog.Find(id), options, execution, embedders, embedders);
    }

    /// <summary>Creates an installed model: one that sees aligned crops, or, where its manifest says how a box is cut, one that sees
    /// boxes. The embedder of a model that takes embeddings comes from <see cref="ModelCatalog.Default"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Which of several answers.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">It gives no attribute, or its manifest is wrong.</exception>
    public static IFaceAttributeModel Create(InstalledModel model, AttributeOptions options, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        AttributeEmbedders embedders = new(null, ModelCatalog.Default, execution);
        return Create(model, options, execution, embedders, embedders);
    }

    /// <summary>Creates an installed model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Which of several answers.</param>
    /// <param name="execution">Where networks run.</param>
    /// <param name="embedders">Give it embeddings where it takes some and they are not known.</param>
    /// <param name="owned">What ends with the model; null for nothing.</param>
    internal static IFaceAttributeModel Create(
        InstalledModel model,
        AttributeOptions options,
        ExecutionOptions execution,
        AttributeEmbedders embedders,
        IDisposable? owned
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Manifest.Input.Crop is null
            ? new OnnxFaceAttributes(model, options, execution, embedders, owned)
            : new BoxFaceAttributes(model, execution);
    }
}
