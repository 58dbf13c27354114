using System.Security.Cryptography;
using Semblance.Alignment;
using Semblance.Imaging;
using Semblance.Quality;

namespace Semblance.Gallery.Enrolling;

/// <summary>Reads photographs for enrolment: one good face each, or the reasons why not. Thread-safe.</summary>
/// <param name="analyzer">Finds and embeds faces.</param>
/// <param name="options">Gate, which face, whether to cut crops.</param>
public sealed class PhotoReader(FaceAnalyzer analyzer, PhotoReaderOptions options)
{
    /// <summary>The SHA-256 of a file, lower-case hexadecimal: what <see cref="FaceReference.SourceHash"/> is.</summary>
    /// <param name="bytes">The file's content.</param>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads a photograph.</summary>
    /// <param name="file">Its path; kept as the reference's source.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public EnrolmentPhoto Read(string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return Read(file, File.ReadAllBytes(file), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return EnrolmentPhoto.Refused(file, RejectionReason.Unreadable, e.Message);
        }
    }

    /// <summary>Reads a photograph from memory.</summary>
    /// <param name="file">Its name; kept as the reference's source.</param>
    /// <param name="bytes">The encoded picture.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public EnrolmentPhoto Read(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        try
        {
            using FaceImage image = FaceImage.FromBytes(bytes, file, options.Decoding);
            ImageAnalysis analysis = analyzer.Analyze(image, FaceFeatures.Quality | FaceFeatures.Embedding, cancellationToken);
            return Choose(file, image, analysis.Faces!, HashOf(bytes.Span));
        }
        catch (Exception e) when (e is ImageFormatException or ImageTooLargeException)
        {
            return EnrolmentPhoto.Refused(file, RejectionReason.Unreadable, e.Message);
        }
    }

    private EnrolmentPhoto Choose(string file, FaceImage image, IReadOnlyList<AnalyzedFace> faces, string hash)
    {
        if (faces.Count == 0)
            return EnrolmentPhoto.Refused(file, RejectionReason.NoFace, "no face was found");
        IReadOnlyList<AnalyzedFace> main = options.Face == FaceChoice.Only ? WithoutBystanders(faces) : faces;
        if (main.Count > 1 && options.Face == FaceChoice.Only)
            return EnrolmentPhoto.Refused(
                file,
                RejectionReason.SeveralFaces,
                $"several faces: {main.Count} of similar size; crop the picture, or take the largest or the one in the centre (--face)"
            );
        AnalyzedFace face = main[new FaceSelection(options.Face).Choose(file, image, [.. main.Select(f => f.Detection)])[0]];
        AlignedFace crop = analyzer.Aligner.Align(image, face.Detection);
        FaceQuality quality = face.Quality!;
        IReadOnlyList<Rejection> against = options.Gate.Judge(crop, quality);
        if (against.Count > 0)
            return new(file, null, against);
        return new(
            file,
            new(face.Embedding!)
            {
                Quality = Math.Round(quality.Score, 4),
                Source = file,
                SourceHash = hash,
                Crop = options.KeepCrops ? CropPng.Encode(crop) : default,
            },
            []
        );
    }

    private AnalyzedFace[] WithoutBystanders(IReadOnlyList<AnalyzedFace> faces)
    {
        float largest = faces.Max(face => face.Box.Height);
        return [.. faces.Where(face => face.Box.Height >= options.BystanderSize * largest)];
    }
}
