using Semblance.Detection;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.Training.Identity;

namespace Semblance.Training.Embedders;

/// <summary>What makes crops in a run: one for every detector, or one for pictures that are aligned.</summary>
/// <param name="All">The first crops everything, the others what is trained on.</param>
internal sealed record Croppers(IReadOnlyList<FaceCropper> All) : IDisposable
{
    private IReadOnlyList<IFaceDetector> Detectors { get; init; } = [];

    public static Croppers Open(EmbedderOptions options)
    {
        if (options.Crops == CropSource.Aligned)
            return new([new FaceCropper(CropSource.Aligned, null)]);
        IFaceDetector[] detectors =
        [
            .. options.Detectors.Select(id => FaceDetectors.Create(id, ModelCatalog.Default, new ExecutionOptions { Threads = 1 })),
        ];
        return new([.. detectors.Select(detector => new FaceCropper(CropSource.Detect, detector))]) { Detectors = detectors };
    }

    public void Dispose()
    {
        foreach (IFaceDetector detector in Detectors)
            detector.Dispose();
    }
}
