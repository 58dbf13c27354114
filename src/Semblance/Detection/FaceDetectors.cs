using Semblance.Detection.BlazeFace;
using Semblance.Detection.Mtcnn;
using Semblance.Detection.RetinaFace;
using Semblance.Detection.Scrfd;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection;

/// <summary>Makes detectors from the catalogue.</summary>
public static class FaceDetectors
{
    /// <summary>Catalogue ids of the detectors that are taken when none is named, the best first: the first may not be used commercially,
    /// the last may. <c>docs/detection.md</c> says why.</summary>
    public static IReadOnlyList<string> Defaults { get; } = ["retinaface-wider", "mtcnn"];

    /// <summary>The detector that is taken when none is named: the first of <see cref="Defaults"/> that the catalogue has and permits, or
    /// the last where it has none.</summary>
    /// <param name="catalog">Where to look.</param>
    public static string DefaultIn(ModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Defaults.FirstOrDefault(catalog.Contains) ?? Defaults[^1];
    }

    /// <summary>Creates a detector of the catalogue.</summary>
    /// <param name="id">Catalogue id.</param>
    /// <param name="catalog">Where to look.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">Not installed, no detector, or of a kind that is not known.</exception>
    public static IFaceDetector Create(string id, ModelCatalog catalog, ExecutionOptions execution) => Resolve(id, catalog, execution)();

    /// <summary>Creates the detector of a model.</summary>
    /// <param name="model">A model of kind detector.</param>
    /// <param name="execution">Where networks run.</param>
    /// <exception cref="ModelException">Of a decoder that is not known, or one that its manifest does not describe well.</exception>
    public static IFaceDetector Create(InstalledModel model, ExecutionOptions execution) => Resolve(model, execution)();

    /// <summary>Looks a detector up now and creates it later.</summary>
    internal static Func<IFaceDetector> Resolve(string id, ModelCatalog catalog, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Resolve(catalog.Find(id, ModelKind.Detector), execution);
    }

    private static Func<IFaceDetector> Resolve(InstalledModel model, ExecutionOptions execution)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Manifest.Output.Decoder?.Kind switch
        {
            DetectorDecoder.Mtcnn => () => new MtcnnDetector(model, execution: execution),
            DetectorDecoder.BlazeFace => () => new BlazeFaceDetector(model, execution: execution),
            DetectorDecoder.RetinaFace => () => new RetinaFaceDetector(model, execution: execution),
            DetectorDecoder.Scrfd => () => new ScrfdDetector(model, execution: execution),
            null => throw new ModelException(model.Id, "its manifest has no decoder"),
            string kind => throw new ModelException(
                model.Id,
                $"its decoder '{kind}' is not known; known are blazeface, mtcnn, retinaface and scrfd"
            ),
        };
    }
}
