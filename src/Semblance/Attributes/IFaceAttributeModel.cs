using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>A network that gives one or several attributes in one run. Thread-safe.</summary>
public interface IFaceAttributeModel : IDisposable
{
    /// <summary>Catalogue id.</summary>
    string Id { get; }

    /// <summary>The attributes it gives: <see cref="ModelKind.Age"/>, <see cref="ModelKind.Gender"/>, <see cref="ModelKind.Emotion"/>,
    /// <see cref="ModelKind.Pose"/>, <see cref="ModelKind.Landmarks"/>.</summary>
    IReadOnlyList<ModelKind> Kinds { get; }

    /// <summary>Describes faces of one image.</summary>
    /// <param name="image">The picture that the faces were found in.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="cancellationToken">Stops between runs of the network.</param>
    /// <returns>All attributes of <see cref="Kinds"/> for every face in order.</returns>
    IReadOnlyList<FaceAttributes> Estimate(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        CancellationToken cancellationToken = default
    );

    /// <summary>Describes faces of one image whose embeddings are known. A model that takes embeddings uses those of the contract that it
    /// was fitted to instead of computing them; for every other they change nothing.</summary>
    /// <param name="image">The picture that the faces were found in.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="embeddings">One a face, in the same order.</param>
    /// <param name="cancellationToken">Stops between runs of the network.</param>
    /// <returns>All attributes of <see cref="Kinds"/> for every face in order.</returns>
    IReadOnlyList<FaceAttributes> Estimate(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        IReadOnlyList<FaceEmbedding> embeddings,
        CancellationToken cancellationToken = default
    ) => Estimate(image, faces, cancellationToken);

    /// <summary>Describes face crops as data sets hold them: upright, the face filling the picture, no detection.</summary>
    /// <param name="crops">One face each.</param>
    /// <param name="cancellationToken">Stops between runs of the network.</param>
    /// <returns>All attributes of <see cref="Kinds"/> for every crop in order.</returns>
    IReadOnlyList<FaceAttributes> EstimateCrops(IReadOnlyList<FaceImage> crops, CancellationToken cancellationToken = default);
}
