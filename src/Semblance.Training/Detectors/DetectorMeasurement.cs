using System.Globalization;
using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Detection.RetinaFace;
using Semblance.Evaluation.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Training.Detectors.Export;
using Semblance.Training.Detectors.Pictures;

namespace Semblance.Training.Detectors;

/// <summary>Measures a network on labelled pictures as it would be used: exported, by the detector of this library, at original
/// size.</summary>
/// <param name="pictures">The pictures.</param>
/// <param name="folder">Where the network is written.</param>
/// <param name="threads">Pictures at once; null for all cores.</param>
internal sealed class DetectorMeasurement(IReadOnlyList<LabelledPicture> pictures, string folder, int? threads)
{
    /// <summary>What the names of the figures begin with.</summary>
    public const string Prefix = "aside.";

    private const float LowestScore = 0.02f;

    private static readonly int[] Heights = [16, 32, 64];

    /// <summary>Average precision by smallest height, <c>aside.ap16</c>.</summary>
    public Dictionary<string, double> Measure(OnnxModel network, IArchitecture architecture, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        DetectorManifest.Write(folder, "measured", network, architecture, "", "", null, cancellationToken);
        using RetinaFaceDetector detector = new(InstalledModel.Open(folder), RetinaFaceOptions.Official, new() { IntraOpThreads = 1 });
        (TruthImage, IReadOnlyList<DetectedFace>)[] found = new (TruthImage, IReadOnlyList<DetectedFace>)[pictures.Count];
        Parallel.For(
            0,
            pictures.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken },
            i =>
            {
                using FaceImage image = FaceImage.FromBytes(pictures[i].Bytes(), pictures[i].Name);
                TruthBox[] truth = [.. pictures[i].Faces.Select(face => new TruthBox(face.Box, face.Ignored))];
                found[i] = (
                    new(pictures[i].Name, truth),
                    detector.Detect(image, new DetectionOptions { MinScore = LowestScore }, cancellationToken)
                );
            }
        );
        DetectionReport report = DetectionProtocol.Evaluate(found, Heights, LowestScore);
        return report.Ap.ToDictionary(entry => string.Create(CultureInfo.InvariantCulture, $"{Prefix}ap{entry.Key}"), entry => entry.Value);
    }
}
