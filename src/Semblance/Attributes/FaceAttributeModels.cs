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
    /// <param name="catalog">Where to look.</param>
    /// <param name="options">Which of several answers.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">Not installed, or it gives no attribute.</exception>
    public static IFaceAttributeModel Create(string id, ModelCatalog catalog, AttributeOptions options, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Create(catalog.Find(id), options, execution);
    }

    /// <summary>Creates an installed model: one that sees aligned crops, or, where its manifest says how a box is cut, one that sees
    /// boxes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Which of several answers.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">It gives no attribute, or its manifest is wrong.</exception>
    public static IFaceAttributeModel Create(InstalledModel model, AttributeOptions options, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Manifest.Input.Crop is null
            ? new OnnxFaceAttributes(model, options, execution)
            : new BoxFaceAttributes(model, execution);
    }
}
