using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>The models behind the attributes; each is made when it is first asked, and asked once for all that it gives.
/// Thread-safe.</summary>
internal sealed class AttributeStage(IReadOnlyDictionary<ModelKind, Lazy<IFaceAttributeModel>> models) : IDisposable
{
    /// <summary>Whether any attribute is asked for.</summary>
    public static bool IsAsked(FaceFeatures features) => AttributeDescriptor.Among(features).Any();

    /// <summary>The model for a kind.</summary>
    /// <exception cref="ModelException">It is not installed or does not give the kind.</exception>
    public IFaceAttributeModel For(ModelKind kind)
    {
        IFaceAttributeModel model = models[kind].Value;
        FaceAttribute.Require(model, kind);
        return model;
    }

    /// <summary>The catalogue's models behind the attributes asked for.</summary>
    /// <exception cref="ModelException">One is not installed.</exception>
    public IReadOnlyList<InstalledModel> InstalledFor(FaceFeatures features, ModelCatalog catalog) =>
        [
            .. AttributeDescriptor
                .Among(features)
                .Select(attribute => For(attribute.Kind).Id)
                .Distinct()
                .Where(id => catalog.List().Any(model => model.Id == id))
                .Select(catalog.Find),
        ];

    /// <summary>Loads the networks behind the attributes asked for.</summary>
    public void Warm(FaceFeatures features, CancellationToken cancellationToken)
    {
        foreach (AttributeDescriptor attribute in AttributeDescriptor.Among(features))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (For(attribute.Kind) as IWarmable)?.Warm();
        }
    }

    /// <summary>Describes faces; only what was asked for stands in the results.</summary>
    public FaceAttributes[] Describe(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        FaceFeatures features,
        CancellationToken cancellationToken
    )
    {
        FaceAttributes[] results = [.. faces.Select(_ => new FaceAttributes())];
        foreach (var group in AttributeDescriptor.Among(features).GroupBy(attribute => For(attribute.Kind)))
        {
            IReadOnlyList<FaceAttributes> estimates = group.Key.Estimate(image, faces, cancellationToken);
            for (int i = 0; i < results.Length; i++)
                results[i] = group.Aggregate(results[i], (face, attribute) => attribute.Copy(estimates[i], face));
        }
        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IFaceAttributeModel model in models.Values.Where(model => model.IsValueCreated).Select(model => model.Value).Distinct())
            model.Dispose();
    }
}
