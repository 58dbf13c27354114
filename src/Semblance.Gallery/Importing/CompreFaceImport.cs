using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;

namespace Semblance.Gallery.Importing;

/// <summary>
/// Brings subjects and pictures over from a running CompreFace: each subject becomes a person of its name, each of its pictures a reference
/// whose outside id is the picture's there. Pictures that are here already are skipped, so it can be broken off and run again.
/// </summary>
/// <param name="http">Reaches CompreFace: base address, and its recognition key in <c>x-api-key</c>.</param>
/// <param name="gallery">Where to.</param>
/// <param name="reader">Reads pictures: gate, which face.</param>
/// <param name="options">Consent and expiry of people who are made.</param>
public sealed class CompreFaceImport(HttpClient http, IFaceGallery gallery, PhotoReader reader, ImportOptions options)
{
    private const int PageSize = 100;
    private const string Faces = "api/v1/recognition/faces";

    /// <summary>The header that carries the key.</summary>
    public const string KeyHeader = "x-api-key";

    /// <summary>How many pictures there are.</summary>
    /// <exception cref="GalleryException">CompreFace does not answer, or refuses.</exception>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default) =>
        (await PageAsync(0, cancellationToken).ConfigureAwait(false)).Total;

    /// <summary>Imports.</summary>
    /// <param name="cancellationToken">Stops the work; what was reported stays.</param>
    /// <returns>Every picture once it is dealt with.</returns>
    /// <exception cref="GalleryException">CompreFace does not answer, or refuses.</exception>
    public async IAsyncEnumerable<ImportedPhoto> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int page = 0; ; page++)
        {
            (IReadOnlyList<(string Id, string Subject)> faces, int total) = await PageAsync(page, cancellationToken).ConfigureAwait(false);
            foreach ((string id, string subject) in faces)
                yield return await ImportAsync(id, subject, cancellationToken).ConfigureAwait(false);
            if (faces.Count == 0 || (long)(page + 1) * PageSize >= total)
                yield break;
        }
    }

    private async Task<ImportedPhoto> ImportAsync(string id, string subject, CancellationToken cancellationToken)
    {
        byte[]? bytes = await PictureAsync(id, cancellationToken).ConfigureAwait(false);
        if (bytes is null)
            return new(
                subject,
                id,
                ImportOutcome.Refused,
                [
                    new(
                        RejectionReason.Unreadable,
                        "CompreFace keeps no picture of this id, only its vector; enrol the person from a photograph"
                    ),
                ]
            );
        EnrolmentPhoto photo = await reader.ReadAsync(PictureItem.FromBytes(id, bytes), cancellationToken).ConfigureAwait(false);
        if (photo.Draft is not { } draft)
            return new(subject, id, ImportOutcome.Refused, photo.Rejections);
        Enrolment enrolment = await gallery
            .EnrolAsync(
                new(subject) { ConsentReference = options.ConsentReference, ExpiresAt = options.ExpiresAt },
                [draft with { ExternalId = id }],
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        return new(subject, id, enrolment.Added.Count > 0 ? ImportOutcome.Enrolled : ImportOutcome.AlreadyEnrolled, []);
    }

    private async Task<(IReadOnlyList<(string Id, string Subject)> Faces, int Total)> PageAsync(
        int page,
        CancellationToken cancellationToken
    )
    {
        using HttpResponseMessage response = await GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Faces}?page={page}&size={PageSize}"),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw new GalleryException(
                $"{http.BaseAddress} refuses with {(int)response.StatusCode}: "
                    + $"{await ReasonAsync(response, cancellationToken).ConfigureAwait(false)}"
            );
        try
        {
            JsonElement document = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
            return (
                [
                    .. document
                        .GetProperty("faces")
                        .EnumerateArray()
                        .Select(face => (face.GetProperty("image_id").GetString()!, face.GetProperty("subject").GetString()!)),
                ],
                document.GetProperty("total_elements").GetInt32()
            );
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new GalleryException($"{http.BaseAddress} does not answer as CompreFace does: {e.Message}", e);
        }
    }

    /// <summary>The picture of an id; null where CompreFace keeps none.</summary>
    private async Task<byte[]?> PictureAsync(string id, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await GetAsync($"{Faces}/{Uri.EscapeDataString(id)}/img", cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            throw new GalleryException($"{http.BaseAddress} refuses the picture {id} with {(int)response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new GalleryException($"{http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return text.Length > 200 ? text[..200] + "…" : text;
    }
}
