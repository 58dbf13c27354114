using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Semblance.Files;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Identity;

namespace Semblance.Training.Detectors;

/// <summary>All pictures of a run.</summary>
/// <param name="Scenes">What is trained on.</param>
/// <param name="Aside">A tenth of the labelled pictures, by a hash of their names, that nothing is learnt from: they choose the best
/// state.</param>
/// <param name="Fingerprint">What they are, in words.</param>
internal sealed record DetectorPictures(ScenePictures Scenes, IReadOnlyList<LabelledPicture> Aside, string Fingerprint) : IDisposable
{
    private const int AsidePart = 10;

    /// <summary>Opens all sources and decodes what is trained on into the folder of the run.</summary>
    public static DetectorPictures Open(DetectorOptions options, string pixels, CancellationToken cancellationToken)
    {
        LabelledPicture[] labelled = [.. options.Data.SelectMany(LabelledPictures.Open)];
        LabelledPicture[] trained = [.. labelled.Where(picture => !IsAside(picture.Name))];
        if (trained.Length == 0)
            throw new TrainingException($"{string.Join(", ", options.Data)}: no labelled picture is left to train on");
        string[] singles = [.. options.Faces.SelectMany(IdentitySet.PicturesBelow)];
        PixelFile decoded = PixelFile.Open(
            pixels,
            [
                .. trained.Select(picture => (picture.Name, picture.Bytes)),
                .. singles.Select(file => (file, (Func<byte[]>)(() => RegularFile.ReadAllBytes(file, FaceSample.LargestFile)))),
            ],
            cancellationToken
        );
        return new(
            new([.. trained.Select(picture => picture.Faces)], decoded, singles.Length),
            [.. labelled.Where(picture => IsAside(picture.Name))],
            $"{trained.Length} labelled pictures with {trained.Sum(picture => picture.Faces.Count)} faces, {singles.Length} single faces"
        );
    }

    /// <inheritdoc/>
    public void Dispose() => Scenes.Pictures.Dispose();

    private static bool IsAside(string name) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % AsidePart == 0;
}
