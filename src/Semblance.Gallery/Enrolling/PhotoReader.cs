using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Semblance.Alignment;
using Semblance.Imaging;
using Semblance.Quality;

namespace Semblance.Gallery.Enrolling;

/// <summary>Reads pictures for enrolment: one good face each, or the reasons why not. Thread-safe.</summary>
/// <param name="analyzer">Finds and embeds faces.</param>
/// <param name="options">Gate, which face, whether to cut crops.</param>
public sealed class PhotoReader(IFaceAnalyzer analyzer, PhotoReaderOptions options)
{
    private static readonly AnalysisOptions Wanted = new()
    {
        Features = FaceFeatures.Quality | FaceFeatures.Embedding | FaceFeatures.Crop,
        KeepImage = true,
    };

    /// <summary>A file with more bytes is refused without being read.</summary>
    internal long ByteLimit => options.Decoding.ByteLimit;

    /// <summary>The SHA-256 of a file, lower-case hexadecimal: what <see cref="FaceReference.SourceHash"/> is.</summary>
    /// <param name="bytes">The file's content.</param>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads a picture.</summary>
    /// <param name="picture">Its name is kept as the reference's source.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public async Task<EnrolmentPhoto> ReadAsync(PictureItem picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        await foreach (EnrolmentPhoto photo in ReadManyAsync([picture], cancellationToken).ConfigureAwait(false))
            return photo;
        throw new InvalidOperationException("An analysis gives one result a picture.");
    }

    /// <summary>Reads many pictures with all cores busy and bounded memory.</summary>
    /// <param name="pictures">Their names are kept as the references' sources.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result a picture, in the same order.</returns>
    public async IAsyncEnumerable<EnrolmentPhoto> ReadManyAsync(
        IEnumerable<PictureItem> pictures,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (ImageAnalysis analysis in analyzer.AnalyzeManyAsync(pictures, Wanted, cancellationToken).ConfigureAwait(false))
        {
            using (analysis)
                yield return PhotoOf(analysis);
        }
    }

    /// <summary>Reads a picture from a file, on the calling thread.</summary>
    /// <param name="file">Its path; kept as the reference's source.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public EnrolmentPhoto Read(string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Read(file, () => FaceImage.FromFile(file, options.Decoding), cancellationToken);
    }

    /// <summary>Reads a picture from memory, on the calling thread.</summary>
    /// <param name="file">Its name; kept as the reference's source.</param>
    /// <param name="bytes">The encoded picture.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public EnrolmentPhoto Read(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        Read(file, () => FaceImage.FromBytes(bytes, file, options.Decoding), cancellationToken);

    private EnrolmentPhoto Read(string file, Func<FaceImage> open, CancellationToken cancellationToken)
    {
        try
        {
            using FaceImage image = open();
            using ImageAnalysis analysis = analyzer
                .AnalyzeAsync(PictureItem.FromImage(file, image), Wanted, cancellationToken)
                .GetAwaiter()
                .GetResult();
            return PhotoOf(analysis);
        }
        catch (SemblanceException e) when (IsUnreadable(e.Category))
        {
            return EnrolmentPhoto.Refused(file, RejectionReason.Unreadable, e.Advice);
        }
    }

    /// <summary>The picture is to blame, not the model or the machine.</summary>
    private static bool IsUnreadable(ErrorCategory category) =>
        category
            is ErrorCategory.ImageNotFound
                or ErrorCategory.ImageUnreadable
                or ErrorCategory.ImageFormat
                or ErrorCategory.TooLarge
                or ErrorCategory.NoFace;

    private EnrolmentPhoto PhotoOf(ImageAnalysis analysis) =>
        analysis.Error is not { } error ? Choose(analysis.Input, analysis.Image!, analysis.Faces!)
        : IsUnreadable(error.Category) ? EnrolmentPhoto.Refused(analysis.Input, RejectionReason.Unreadable, error.Message)
        : throw new GalleryException($"{analysis.Input}: {error.Message}");

    private EnrolmentPhoto Choose(string file, FaceImage image, IReadOnlyList<AnalyzedFace> faces)
    {
        if (faces.Count == 0)
            return EnrolmentPhoto.Refused(file, RejectionReason.NoFace, "no face was found");
        IReadOnlyList<AnalyzedFace> main = options.Face == FaceChoice.Only ? WithoutBystanders(faces) : faces;
        if (main.Count > 1 && options.Face == FaceChoice.Only)
            return EnrolmentPhoto.Refused(
                file,
                RejectionReason.SeveralFaces,
                $"several faces: {main.Count} of similar size; crop the picture, or take the largest or the one in the centre"
            );
        AnalyzedFace face = main[new FaceSelection(options.Face).Choose(file, image, [.. main.Select(f => f.Detection)])[0]];
        AlignedFace crop = face.Crop!;
        FaceQuality quality = face.Quality!;
        IReadOnlyList<Rejection> against = options.Gate.Judge(quality);
        if (against.Count > 0)
            return new(file, null, against);
        return new(
            file,
            new(face.Embedding!)
            {
                Quality = Math.Round(quality.Score, 4),
                Source = file,
                SourceHash = image.HashSource(),
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
