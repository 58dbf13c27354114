using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Enrolling;
using Semblance.Server.Bodies;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes that make people known.</summary>
internal static class EnrolRoutes
{
    private const string Example = """
        {"person":{"id":"0199…","name":"Ada","enrolledAt":"2026-11-29T10:00:00+00:00"},"isNew":true,"accepted":[{"id":"0199…",
        "source":"ada.jpg","quality":0.83,"norm":3.7,"crop":false,"enrolledAt":"2026-11-29T10:00:00+00:00"}],"alreadyEnrolled":[],
        "rejected":[{"index":1,"name":"blurred.jpg","reasons":[{"reason":"blurred","message":"sharpness 0.03, 0.05 needed"}]}],
        "requestId":"0199…"}
        """;

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        (string, string)[] how =
        [
            ("gallery", "which gallery"),
            ("face", "which face where there are several: only (refuse), largest, center"),
            ("anyQuality", "true enrols small, blurred and turned faces too"),
        ];
        routes.Route(
            "POST",
            "/v1/people",
            KeyRoles.Enrol,
            "Enrols a person from pictures; a known name gets more references",
            new(
                BodyKind.Pictures,
                [
                    .. how,
                    ("name", "who the pictures show"),
                    ("consent", "where the consent is documented"),
                    ("expiresAt", "when to forget"),
                    ("metadata", "an object of texts, JSON"),
                    ("externalId", "the caller's own id; where somebody has it, that person is meant"),
                    ("tags", "words separated by commas"),
                    ("another", "true makes another person even where the name is known"),
                ],
                Example
            ),
            EnrolAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/people/{id}/faces",
            KeyRoles.Enrol,
            "Adds references to a person",
            new(BodyKind.Pictures, how, Example),
            AddAsync,
            parts
        );
        routes.Route(
            "DELETE",
            "/v1/people/{id}/faces/{faceId}",
            KeyRoles.Enrol,
            "Removes a reference; answers with a receipt",
            new(
                BodyKind.None,
                [how[0]],
                """{"id":"0199…","receipt":{"sequence":12,"hash":"…","at":"2026-11-29T10:00:00+00:00","text":"12:…"},"requestId":"0199…"}"""
            ),
            RemoveAsync,
            parts
        );
    }

    private static async Task EnrolAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        ServedGallery served = parts.Galleries.Of(http);
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        PersonDraft draft = new(asked.Text("name") ?? throw RequestException.BadRequest("a name is needed: 'name'"))
        {
            ConsentReference = asked.Text("consent") ?? ConsentHeader(http),
            ExpiresAt = asked.Time("expiresAt"),
            ExternalId = asked.Text("externalId") is { Length: > 0 } externalId ? externalId : null,
            Tags = asked.Words("tags") ?? [],
            Metadata = body.Element("metadata") is { } metadata
                ? PersonPatch.Pairs(metadata, "metadata")
                : System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty,
        };
        KnownName rule = asked.Flag("another") ? KnownName.AnotherPerson : KnownName.AddReferences;
        IReadOnlyList<Upload> uploads = PicturesOf(body);
        RememberedAnswer answer = await Idempotency
            .OnceAsync(
                http,
                served,
                KeyCheck.CallerOf(http).Id,
                () =>
                    Idempotency.Fingerprint(
                        [
                            served.Name,
                            draft.Name,
                            draft.ConsentReference,
                            rule.ToString(),
                            $"{draft.ExpiresAt:o}",
                            draft.ExternalId,
                            .. Counted(draft.Tags),
                            .. Counted(
                                draft
                                    .Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                                    .SelectMany(pair => new[] { pair.Key, pair.Value })
                            ),
                            .. HowOf(asked, uploads),
                        ],
                        uploads.Select(u => u.Bytes)
                    ),
                async () =>
                {
                    await RequireConsentAsync(served, draft, http.RequestAborted).ConfigureAwait(false);
                    EnrolmentPhoto[] photos = await ReadAsync(parts, served, asked, uploads, http.RequestAborted).ConfigureAwait(false);
                    return await StoreAsync(http, parts, served, photos, references =>
                            served.Gallery.EnrolAsync(draft, references, new() { KnownName = rule }, CancellationToken.None)
                        )
                        .ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
        await answer.WriteAsync(http).ConfigureAwait(false);
    }

    private static async Task AddAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        ServedGallery served = parts.Galleries.Of(http);
        Guid id = http.IdOf("id");
        _ = await served.Gallery.FindAsync(id, http.RequestAborted).ConfigureAwait(false)
            ?? throw RequestException.NotFound($"the gallery '{served.Name}' knows nobody with the id {id}");
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        Asked asked = new(http, body);
        IReadOnlyList<Upload> uploads = PicturesOf(body);
        RememberedAnswer answer = await Idempotency
            .OnceAsync(
                http,
                served,
                KeyCheck.CallerOf(http).Id,
                () => Idempotency.Fingerprint([served.Name, id.ToString(), .. HowOf(asked, uploads)], uploads.Select(u => u.Bytes)),
                async () =>
                    await StoreAsync(
                            http,
                            parts,
                            served,
                            await ReadAsync(parts, served, asked, uploads, http.RequestAborted).ConfigureAwait(false),
                            references => served.Gallery.AddReferencesAsync(id, references, CancellationToken.None)
                        )
                        .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        await answer.WriteAsync(http).ConfigureAwait(false);
    }

    private static async Task RemoveAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid person = http.IdOf("id"),
            face = http.IdOf("faceId");
        IReadOnlyList<FaceReference> references = await served.Gallery.ReferencesOfAsync(person, http.RequestAborted).ConfigureAwait(false);
        if (references.All(reference => reference.Id != face))
            throw RequestException.NotFound($"{person} has no reference {face}");
        AuditEntry entry = await served.Gallery.RemoveReferenceAsync(face, http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), person);
        await http.Answer(
                new
                {
                    id = face,
                    receipt = ReceiptDocument.Of(entry),
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    private static IReadOnlyList<Upload> PicturesOf(RequestBody body) =>
        body.Pictures("image") is { Count: > 0 } uploads
            ? uploads
            : throw RequestException.BadRequest("there is no picture: send it as the file 'image', or in JSON as 'image'");

    /// <summary>What a request says about its pictures, for its fingerprint.</summary>
    private static IEnumerable<string?> HowOf(Asked asked, IReadOnlyList<Upload> uploads) =>
        [asked.Text("face"), asked.Text("anyQuality"), .. uploads.Select(upload => upload.Name)];

    /// <summary>A list that cannot be taken for a longer one together with what follows it.</summary>
    private static string[] Counted(IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        return [all.Length.ToString(CultureInfo.InvariantCulture), .. all];
    }

    /// <summary>The consent that other systems' clients can give.</summary>
    public static string? ConsentHeader(HttpContext http) =>
        http.Request.Headers["X-Consent"] is [{ Length: > 0 } consent, ..] ? consent : null;

    /// <summary>Refuses before any picture is read.</summary>
    public static async Task RequireConsentAsync(ServedGallery served, PersonDraft draft, CancellationToken gone)
    {
        if (
            served.Gallery.Settings.RequireConsent
            && string.IsNullOrWhiteSpace(draft.ConsentReference)
            && (
                draft.ExternalId is null || await served.Gallery.FindByExternalIdAsync(draft.ExternalId, gone).ConfigureAwait(false) is null
            )
            && (await served.Gallery.FindByNameAsync(draft.Name, gone).ConfigureAwait(false)).Count == 0
        )
            throw new ConsentRequiredException(served.Gallery.Address, draft.Name);
    }

    private static Task<EnrolmentPhoto[]> ReadAsync(
        ServiceParts parts,
        ServedGallery served,
        Asked asked,
        IReadOnlyList<Upload> uploads,
        CancellationToken gone
    ) =>
        parts.Work.ReadAsync(
            served.Reader(
                PictureRoutes.FaceChoiceOf(asked, FaceChoice.Only) is var choice and not FaceChoice.All
                    ? choice
                    : throw RequestException.BadRequest("'face' is 'all'; a reference is one face: only, largest or center"),
                asked.Flag("anyQuality") ? QualityGate.Open : QualityGate.Default,
                parts.Options.Limits
            ),
            uploads,
            gone
        );

    private static async Task<RememberedAnswer> StoreAsync(
        HttpContext http,
        ServiceParts parts,
        ServedGallery served,
        EnrolmentPhoto[] photos,
        Func<IReadOnlyList<ReferenceDraft>, Task<Enrolment>> store
    )
    {
        RejectedDocument[] rejected =
        [
            .. photos
                .Index()
                .Where(photo => photo.Item.Draft is null)
                .Select(photo => new RejectedDocument(photo.Index, photo.Item.File, photo.Item.Rejections)),
        ];
        ReferenceDraft[] drafts = [.. photos.Select(photo => photo.Draft).OfType<ReferenceDraft>()];
        if (drafts.Length == 0)
            return Answer(
                StatusCodes.Status422UnprocessableEntity,
                new
                {
                    type = "urn:semblance:problem:rejected",
                    title = "Unprocessable Entity",
                    status = 422,
                    detail = "no picture could be used; nobody was enrolled",
                    code = "rejected",
                    accepted = Array.Empty<object>(),
                    rejected,
                    requestId = RequestIds.Of(http),
                },
                null
            );
        Enrolment enrolment = await store(drafts).ConfigureAwait(false);
        if (enrolment.Added.Count > 0)
            parts.Events.Publish(EventTypes.Enrolled, served.Name, RequestIds.Of(http), enrolment.Person.Id, enrolment.Person.Name);
        return Answer(
            StatusCodes.Status201Created,
            new
            {
                person = PersonDocument.Of(enrolment.Person, DateTimeOffset.UtcNow),
                isNew = enrolment.IsNew,
                accepted = enrolment.Added.Select(ReferenceDocument.Of),
                alreadyEnrolled = enrolment.AlreadyEnrolled.Select(draft => draft.Source),
                rejected,
                requestId = RequestIds.Of(http),
            },
            enrolment.Person.Id
        );
    }

    private static RememberedAnswer Answer<T>(int status, T body, Guid? person) => new(status, ServiceJson.Node(body)!.AsObject(), person);

    private sealed record RejectedDocument(int Index, string Name, IReadOnlyList<Rejection> Reasons);
}
