using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Single attributes of a model that may give several.</summary>
public static class FaceAttribute
{
    /// <summary>Apparent age by a model.</summary>
    /// <exception cref="ModelException">The model does not give it.</exception>
    public static IFaceAttribute<AgeEstimate> Age(IFaceAttributeModel model) =>
        new View<AgeEstimate>(model, ModelKind.Age, face => face.Age);

    /// <summary>Perceived gender by a model.</summary>
    /// <exception cref="ModelException">The model does not give it.</exception>
    public static IFaceAttribute<GenderEstimate> Gender(IFaceAttributeModel model) =>
        new View<GenderEstimate>(model, ModelKind.Gender, face => face.Gender);

    /// <summary>Expression by a model.</summary>
    /// <exception cref="ModelException">The model does not give it.</exception>
    public static IFaceAttribute<EmotionEstimate> Emotion(IFaceAttributeModel model) =>
        new View<EmotionEstimate>(model, ModelKind.Emotion, face => face.Emotion);

    /// <summary>The head's pose by a model.</summary>
    /// <exception cref="ModelException">The model does not give it.</exception>
    public static IFaceAttribute<HeadPose> Pose(IFaceAttributeModel model) => new View<HeadPose>(model, ModelKind.Pose, face => face.Pose);

    /// <summary>68 landmarks by a model.</summary>
    /// <exception cref="ModelException">The model does not give them.</exception>
    public static IFaceAttribute<FaceLandmarks68> Landmarks(IFaceAttributeModel model) =>
        new View<FaceLandmarks68>(model, ModelKind.Landmarks, face => face.Landmarks68);

    /// <summary>Makes sure that a model gives an attribute.</summary>
    /// <exception cref="ModelException">It does not.</exception>
    internal static void Require(IFaceAttributeModel model, ModelKind kind)
    {
        if (!model.Kinds.Contains(kind))
            throw new ModelException(model.Id, $"does not give {Name(kind)}, only {string.Join(" and ", model.Kinds.Select(Name))}");
    }

    private static string Name(ModelKind kind) => kind.ToString().ToLowerInvariant();

    private sealed class View<T> : IFaceAttribute<T>
        where T : class
    {
        private readonly IFaceAttributeModel _model;
        private readonly Func<FaceAttributes, AttributeEstimate<T>?> _choose;

        public View(IFaceAttributeModel model, ModelKind kind, Func<FaceAttributes, AttributeEstimate<T>?> choose)
        {
            ArgumentNullException.ThrowIfNull(model);
            Require(model, kind);
            (_model, _choose) = (model, choose);
        }

        public string Model => _model.Id;

        public IReadOnlyList<AttributeEstimate<T>> Estimate(
            FaceImage image,
            IReadOnlyList<DetectedFace> faces,
            CancellationToken cancellationToken = default
        ) =>
            [
                .. _model
                    .Estimate(image, faces, cancellationToken)
                    .Select(face => _choose(face) ?? throw new ModelException(Model, "left out an attribute that it promises")),
            ];
    }
}
