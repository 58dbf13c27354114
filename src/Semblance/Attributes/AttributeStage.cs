using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>The models behind the attributes; each is made when it is first asked, and asked once for all that it gives.
/// Thread-safe.</summary>
/// <param name="models">The models by what they are asked for.</param>
/// <param name="embedders">Give them embeddings that are not known.</param>
internal sealed class AttributeStage(IReadOnlyDictionary<ModelKind, Lazy<IFaceAttributeModel>> models, AttributeEmbedders embedders)
    : IDisposable
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
    /// <param name="image">The picture.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="embeddings">What the line has computed, one a face; empty where it has not.</param>
    /// <param name="features">What is asked for.</param>
    /// <param name="cancellationToken">Stops between models.</param>
    public FaceAttributes[] Describe(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        IReadOnlyList<FaceEmbedding> embeddings,
        FaceFeatures features,
        CancellationToken cancellationToken
    )
    {
        FaceAttributes[] results = [.. faces.Select(_ => new FaceAttributes())];
        foreach (var group in AttributeDescriptor.Among(features).GroupBy(attribute => For(attribute.Kind)))
        {
            IReadOnlyList<FaceAttributes> estimates =
                embeddings.Count == 0
                    ? group.Key.Estimate(image, faces, cancellationToken)
                    : group.Key.Estimate(image, faces, embeddings, cancellationToken);
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
        embedders.Dispose();
    }
}
