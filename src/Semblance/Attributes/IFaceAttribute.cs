using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Attributes;

/// <summary>Estimates one attribute of faces. Thread-safe.</summary>
/// <typeparam name="T">What is estimated: <see cref="AgeEstimate"/>, <see cref="GenderEstimate"/>, <see cref="EmotionEstimate"/>,
/// <see cref="HeadPose"/>, <see cref="FaceLandmarks68"/>.</typeparam>
public interface IFaceAttribute<T>
    where T : class
{
    /// <summary>Catalogue id of the model behind it.</summary>
    string Model { get; }

    /// <summary>Estimates the attribute for faces of one image.</summary>
    /// <param name="image">The picture that the faces were found in.</param>
    /// <param name="faces">The faces.</param>
    /// <param name="cancellationToken">Stops between runs of the network.</param>
    /// <returns>An estimate, or why there is none, for every face in order.</returns>
    IReadOnlyList<AttributeEstimate<T>> Estimate(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        CancellationToken cancellationToken = default
    );
}
