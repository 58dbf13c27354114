using System.Runtime.CompilerServices;
using Semblance.Embedding;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Identifying;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Gallery;

public sealed partial class FaceGallery
{
    /// <summary>Galleries with the thresholds of analyzers whose own has none; what they measured is kept with them.</summary>
    private readonly ConditionalWeakTable<FaceMatcher, FaceGallery> _calibrated = [];

    /// <summary>Enrols a person from pictures with one good face each; bad pictures are passed over with the reasons.</summary>
    /// <param name="analyzer">Finds and embeds faces; of the gallery's embedder.</param>
    /// <param name="person">Who.</param>
    /// <param name="pictures">Their pictures; the names are kept as sources.</param>
    /// <param name="options">Quality gate, which face, what happens when the name is known.</param>
    /// <param name="progress">Told how many pictures were read.</param>
    /// <param name="cancellationToken">Stops the work; then nobody is enrolled.</param>
    /// <exception cref="ConsentRequiredException">The gallery needs a consent reference and there is none; no picture was read.</exception>
    /// <exception cref="GalleryContractException">The analyzer's embedder is another.</exception>
    public async Task<PictureEnrolment> EnrolAsync(
        IFaceAnalyzer analyzer,
        PersonDraft person,
        IEnumerable<PictureItem> pictures,
        PictureEnrolmentOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(person);
        options ??= PictureEnrolmentOptions.Default;
        CheckEmbedder(analyzer);
        if (
            Settings.RequireConsent
            && string.IsNullOrWhiteSpace(person.ConsentReference)
            && (await FindByNameAsync(person.Name, cancellationToken).ConfigureAwait(false)).Count == 0
        )
            throw new ConsentRequiredException(Address, person.Name);
        List<EnrolmentPhoto> photos = await ReadAsync(analyzer, pictures, options, progress, cancellationToken).ConfigureAwait(false);
        ReferenceDraft[] drafts = [.. photos.Select(photo => photo.Draft).OfType<ReferenceDraft>()];
        EnrolOptions how = new() { KnownName = options.KnownName };
        return new(drafts.Length == 0 ? null : await EnrolAsync(person, drafts, how, cancellationToken).ConfigureAwait(false), photos);
    }

    /// <summary>Adds references from pictures to somebody who is known.</summary>
    /// <inheritdoc cref="EnrolAsync(IFaceAnalyzer,
    /// PersonDraft, IEnumerable{PictureItem}, PictureEnrolmentOptions?, IProgress{int}?, CancellationToken)"/>
    /// <param name="personId">Who.</param>
    /// <exception cref="PersonNotFoundException">There is no such person; no picture was read.</exception>
    public async Task<PictureEnrolment> AddPicturesAsync(
        IFaceAnalyzer analyzer,
        Guid personId,
        IEnumerable<PictureItem> pictures,
        PictureEnrolmentOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckEmbedder(analyzer);
        if (await FindAsync(personId, cancellationToken).ConfigureAwait(false) is null)
            throw new PersonNotFoundException(Address, personId.ToString());
        List<EnrolmentPhoto> photos = await ReadAsync(
                analyzer,
                pictures,
                options ?? PictureEnrolmentOptions.Default,
                progress,
                cancellationToken
            )
            .ConfigureAwait(false);
        ReferenceDraft[] drafts = [.. photos.Select(photo => photo.Draft).OfType<ReferenceDraft>()];
        return new(drafts.Length == 0 ? null : await AddReferencesAsync(personId, drafts, cancellationToken).ConfigureAwait(false), photos);
    }

    /// <summary>Says who is in a picture: every face of the result has its person, or why it is nobody's. Vectors are left out.</summary>
    /// <param name="analyzer">Finds and embeds faces; of the gallery's embedder. Its thresholds are taken where the gallery has
    /// none.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="options">Rate or threshold, fusion, margin.</param>
    /// <param name="analysis">What else is found out, and whether the picture is kept; null for every face's quality.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SemblanceException">The picture cannot be read.</exception>
    /// <exception cref="UnsupportedRateException">Neither the calibration nor the gallery's own pairs support the rate.</exception>
    public async Task<ImageAnalysis> IdentifyAsync(
        IFaceAnalyzer analyzer,
        PictureItem picture,
        IdentifyOptions? options = null,
        AnalysisOptions? analysis = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckEmbedder(analyzer);
        ImageAnalysis found = await analyzer.AnalyzeAsync(picture, Embedded(analysis), cancellationToken).ConfigureAwait(false);
        try
        {
            return await Calibrated(analyzer).NameAsync(found, options ?? IdentifyOptions.Default, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    /// <summary>Says who is in many pictures, with all cores busy and bounded memory; a picture that cannot be read is a result with an
    /// error.</summary>
    /// <param name="analyzer">Finds and embeds faces; of the gallery's embedder. Its thresholds are taken where the gallery has
    /// none.</param>
    /// <param name="pictures">Taken as they are needed.</param>
    /// <param name="options">Rate or threshold, fusion, margin.</param>
    /// <param name="analysis">What else is found out, and whether the picture is kept; null for every face's quality.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result a picture, in the same order.</returns>
    /// <exception cref="UnsupportedRateException">Neither the calibration nor the gallery's own pairs support the rate; no picture was
    /// read.</exception>
    public async IAsyncEnumerable<ImageAnalysis> IdentifyManyAsync(
        IFaceAnalyzer analyzer,
        IEnumerable<PictureItem> pictures,
        IdentifyOptions? options = null,
        AnalysisOptions? analysis = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        CheckEmbedder(analyzer);
        options ??= IdentifyOptions.Default;
        FaceGallery gallery = Calibrated(analyzer);
        await gallery.IdentifyAsync([], options, cancellationToken).ConfigureAwait(false);
        await foreach (
            ImageAnalysis found in analyzer.AnalyzeManyAsync(pictures, Embedded(analysis), cancellationToken).ConfigureAwait(false)
        )
            yield return found.Error is null ? await gallery.NameAsync(found, options, cancellationToken).ConfigureAwait(false) : found;
    }

    /// <summary>Says whether a picture shows a certain person.</summary>
    /// <param name="analyzer">Finds and embeds faces; of the gallery's embedder. Its thresholds are taken where the gallery has
    /// none.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="personId">Who is claimed.</param>
    /// <param name="options">Rate of single comparisons or threshold, and fusion.</param>
    /// <param name="face">Which face where there are several.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="NoFaceException">The picture has no face.</exception>
    /// <exception cref="PersonNotFoundException">There is no such person, they have expired, or they have no reference.</exception>
    public async Task<PersonVerification> VerifyAsync(
        IFaceAnalyzer analyzer,
        PictureItem picture,
        Guid personId,
        PersonVerificationOptions? options = null,
        FaceChoice face = FaceChoice.Largest,
        CancellationToken cancellationToken = default
    )
    {
        CheckEmbedder(analyzer);
        ArgumentNullException.ThrowIfNull(picture);
        AnalysisOptions wanted = new() { Features = FaceFeatures.Embedding, FaceChoice = face };
        ImageAnalysis analysis = await analyzer.AnalyzeAsync(picture, wanted, cancellationToken).ConfigureAwait(false);
        FaceEmbedding probe = analysis.Faces!.Select(found => found.Embedding).OfType<FaceEmbedding>().FirstOrDefault()
            ?? throw new NoFaceException(picture.Name);
        return await Calibrated(analyzer).VerifyAsync(probe, personId, options, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<EnrolmentPhoto>> ReadAsync(
        IFaceAnalyzer analyzer,
        IEnumerable<PictureItem> pictures,
        PictureEnrolmentOptions options,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        PhotoReader reader = new(analyzer, options.Reading with { KeepCrops = Settings.KeepCrops });
        List<EnrolmentPhoto> photos = [];
        await foreach (EnrolmentPhoto photo in reader.ReadManyAsync(pictures, cancellationToken).ConfigureAwait(false))
        {
            photos.Add(photo);
            progress?.Report(photos.Count);
        }
        return photos;
    }

    private async Task<ImageAnalysis> NameAsync(ImageAnalysis analysis, IdentifyOptions options, CancellationToken cancellationToken)
    {
        FaceEmbedding[] probes = [.. analysis.Faces!.Select(face => face.Embedding!)];
        IReadOnlyList<Identification> answers = await IdentifyAsync(probes, options, cancellationToken).ConfigureAwait(false);
        // Vectors are biometric data; who asks who somebody is needs none.
        return analysis with
        {
            Faces = [.. analysis.Faces!.Select((face, i) => face with { Person = answers[i].ToFacePerson(), Embedding = null })],
        };
    }

    private static AnalysisOptions Embedded(AnalysisOptions? analysis)
    {
        analysis ??= AnalysisOptions.Default;
        return analysis with { Features = analysis.Features | FaceFeatures.Embedding, FaceChoice = FaceChoice.All };
    }

    /// <summary>Refused before any picture is read.</summary>
    private void CheckEmbedder(IFaceAnalyzer analyzer)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        IFaceEmbedder embedder = analyzer.Embedder;
        if (embedder.Contract != Settings.Contract.Contract || embedder.Dimension != Settings.Contract.Dimension)
            throw new GalleryContractException(Address, Settings.Contract, embedder.Id, embedder.Contract);
    }

    private FaceGallery Calibrated(IFaceAnalyzer analyzer) =>
        _options.Matcher is not null ? this : _calibrated.GetValue(analyzer.Matcher, matcher => new(this, matcher));
}
