using Semblance.Imaging;

namespace Semblance.Detection;

/// <summary>Finds faces. Implementations are thread-safe.</summary>
public interface IFaceDetector : IDisposable
{
    /// <summary>The model's catalogue id, e.g. <c>mtcnn</c>.</summary>
    string Id { get; }

    /// <summary>The lowest score that this detector gives out at all: the floor for precision-recall curves.</summary>
    float ScoreFloor { get; }

    /// <summary>What faces that stand on their head seldom reach while faces that stand upright mostly do; those below are looked at again,
    /// turned. 0 where it is not known.</summary>
    float SureScore => 0;

    /// <summary>Whether <see cref="DetectionOptions.MinFaceSize"/> makes the picture smaller, down to where such faces are just found; else
    /// it only spares the search for smaller ones.</summary>
    bool ScalesByFace => false;

    /// <summary>Finds the faces of one image, highest score first.</summary>
    /// <param name="image">The upright image.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="cancellationToken">Stops between the stages of the work.</param>
    /// <returns>Faces in pixels of the full-resolution image; empty when there is none.</returns>
    IReadOnlyList<DetectedFace> Detect(FaceImage image, DetectionOptions options, CancellationToken cancellationToken = default);
}
