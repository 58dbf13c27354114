using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>The models behind the attributes; each is made when it is first asked, and asked once for all that it gives.
/// Thread-safe.</summary>
internal sealed class AttributeStage(IReadOnlyDictionary<ModelKind, Lazy<IFaceAttributeModel>> models) : IDisposable
{
    private static readonly (FaceFeatures Feature, ModelKind Kind)[] All =
    [
        (FaceFeatures.Age, ModelKind.Age),
        (FaceFeatures.Gender, ModelKind.Gender),
        (FaceFeatures.Emotion, ModelKind.Emotion),
        (FaceFeatures.Pose, ModelKind.Pose),
        (FaceFeatures.Landmarks, ModelKind.Landmarks),
    ];

    /// <summary>Whether any attribute is asked for.</summary>
    public static bool IsAsked(FaceFeatures features) => All.Any(attribute => features.HasFlag(attribute.Feature));

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
            .. All.Where(attribute => features.HasFlag(attribute.Feature))
                .Select(attribute => For(attribute.Kind).Id)
                .Distinct()
                .Where(id => catalog.List().Any(model => model.Id == id))
                .Select(catalog.Find),
        ];

    /// <summary>Loads the networks behind the attributes asked for.</summary>
    public void Warm(FaceFeatures features, CancellationToken cancellationToken)
    {
        foreach (var (feature, kind) in All.Where(attribute => features.HasFlag(attribute.Feature)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (For(kind) as IWarmable)?.Warm();
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
        var asked = All.Where(attribute => features.HasFlag(attribute.Feature)).GroupBy(attribute => For(attribute.Kind));
        foreach (var group in asked)
        {
            HashSet<ModelKind> kinds = [.. group.Select(attribute => attribute.Kind)];
            IReadOnlyList<FaceAttributes> estimates = group.Key.Estimate(image, faces, cancellationToken);
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = new()
                {
                    Age = kinds.Contains(ModelKind.Age) ? estimates[i].Age : results[i].Age,
                    Gender = kinds.Contains(ModelKind.Gender) ? estimates[i].Gender : results[i].Gender,
                    Emotion = kinds.Contains(ModelKind.Emotion) ? estimates[i].Emotion : results[i].Emotion,
                    Pose = kinds.Contains(ModelKind.Pose) ? estimates[i].Pose : results[i].Pose,
                    Landmarks68 = kinds.Contains(ModelKind.Landmarks) ? estimates[i].Landmarks68 : results[i].Landmarks68,
                };
            }
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
