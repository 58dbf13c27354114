using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes about people who are known.</summary>
internal static class PeopleRoutes
{
    private const KeyRoles Look = KeyRoles.Identify | KeyRoles.Enrol;
    private const int DefaultPage = 50;
    private const string PersonExample = """
        {"id":"0199…","name":"Ada","metadata":{"team":"engines"},"consent":"form 12","enrolledAt":"2026-11-29T10:00:00+00:00",
        "references":[{"id":"0199…","source":"ada.jpg","quality":0.83,"norm":3.7,"crop":true,"enrolledAt":"2026-11-29T10:00:00+00:00"}]}
        """;

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        (string, string) gallery = ("gallery", "which gallery");
        routes.Route(
            "GET",
            "/v1/people",
            Look,
            "Lists people",
            new(
                BodyKind.None,
                [
                    gallery,
                    ("q", "part of the name"),
                    ("tag", "only people with this tag"),
                    ("sort", "enrolled, -enrolled, name or -name"),
                    ("limit", "people on a page"),
                    ("cursor", "next of the page before"),
                ],
                $$"""{"people":[{{PersonExample}}],"next":"…","total":1}"""
            ),
            ListAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/people/{id}",
            Look,
            "Shows a person and their references",
            new(BodyKind.None, [gallery], PersonExample),
            ShowAsync,
            parts
        );
        routes.Route(
            "PATCH",
            "/v1/people/{id}",
            KeyRoles.Enrol,
            "Changes what is held about a person; members that are absent stay, null removes",
            new(BodyKind.Json, [gallery], PersonExample)
            {
                BodyExample = """{"name":"Ada","metadata":{"team":"engines"},"consent":"form 12","expiresAt":"2031-12-31"}""",
            },
            UpdateAsync,
            parts
        );
        routes.Route(
            "DELETE",
            "/v1/people/{id}",
            KeyRoles.Enrol,
            "Removes a person with everything held about them; answers with a receipt",
            new(
                BodyKind.None,
                [gallery],
                """{"id":"0199…","receipt":{"sequence":12,"hash":"…","at":"2026-11-29T10:00:00+00:00","text":"12:…"},"requestId":"0199…"}"""
            ),
            RemoveAsync,
            parts
        );
        routes.Route(
            "DELETE",
            "/v1/people",
            KeyRoles.Admin,
            "Removes everybody of a gallery; needs confirm=ALL",
            new(
                BodyKind.None,
                [gallery, ("confirm", "ALL")],
                """{"removed":3,"receipt":{"sequence":15,"hash":"…","at":"2026-11-29T10:00:00+00:00","text":"15:…"}}"""
            ),
            RemoveAllAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/people/{id}/cover",
            Look,
            "The crop that stands for a person, PNG",
            new(BodyKind.None, [gallery], null),
            CoverAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/people/{id}/faces/{faceId}/crop",
            Look,
            "The crop of a reference, PNG; only where crops are kept",
            new(BodyKind.None, [gallery], null),
            CropAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/people/{id}/history",
            KeyRoles.Admin,
            "What happened to a person's record",
            new(BodyKind.None, [gallery], """{"history":[{"sequence":2,"at":"2026-11-29T10:00:00+00:00","action":"person-enrolled"}]}"""),
            HistoryAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/people/{id}/export",
            KeyRoles.Admin,
            "Everything that is held about a person, vectors and crops included; the hand-out is audited",
            new(BodyKind.None, [gallery], $$"""{"person":{{PersonExample}},"history":[]}"""),
            ExportAsync,
            parts
        );
    }

    private static async Task ListAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Asked asked = new(http);
        (IReadOnlyList<PersonEntry> people, string? next) = await new PeopleList(served.Gallery)
            .ReadAsync(
                asked.Text("sort") ?? "enrolled",
                new()
                {
                    NamePart = asked.Text("q") is { Length: > 0 } part ? part : null,
                    Tag = asked.Text("tag") is { Length: > 0 } tag ? tag : null,
                    Limit = asked.Whole("limit", 1, MostOf(parts)) ?? Math.Min(DefaultPage, MostOf(parts)),
                },
                asked.Text("cursor"),
                http.RequestAborted
            )
            .ConfigureAwait(false);
        GalleryStatistics statistics = await served.Gallery.GetStatisticsAsync(http.RequestAborted).ConfigureAwait(false);
        await parts
            .AccessLog.AddAsync(Accesses.Of(http, served, "list", [.. people.Select(entry => entry.Person.Id)]), http.RequestAborted)
            .ConfigureAwait(false);
        await http.Answer(
                new
                {
                    people = people.Select(entry => PersonDocument.Of(entry, DateTimeOffset.UtcNow)),
                    next,
                    total = statistics.Counts.People,
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    private static int MostOf(ServiceParts parts) => Math.Min(parts.Options.Limits.PageSize, PeopleQuery.LargestLimit);

    private static async Task ShowAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person person = await FindAsync(http, served).ConfigureAwait(false);
        IReadOnlyList<FaceReference> references = await served
            .Gallery.ReferencesOfAsync(person.Id, http.RequestAborted)
            .ConfigureAwait(false);
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "look", [person.Id]), http.RequestAborted).ConfigureAwait(false);
        AuditEntry? newest = await served.Gallery.FindUndoableAsync(person.Id, http.RequestAborted).ConfigureAwait(false);
        await http.Answer(PersonDocument.Of(person, DateTimeOffset.UtcNow, references) with { Undo = newest?.Sequence })
            .ConfigureAwait(false);
    }

    private static async Task UpdateAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid id = http.IdOf("id");
        if (await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } body)
            throw RequestException.BadRequest("a JSON object with what is to change is expected");
        Person changed = await served
            .Gallery.UpdateAsync(id, person => PersonPatch.Apply(person, body), http.RequestAborted)
            .ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), changed.Id, changed.Name);
        await http.Answer(
                PersonDocument.Of(changed, DateTimeOffset.UtcNow) with
                {
                    Undo = await UndoRoutes.EntryOfAsync(http, served, changed.Id).ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task RemoveAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid id = http.IdOf("id");
        AuditEntry entry = await served.Gallery.RemoveAsync(id, http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Removed, served.Name, RequestIds.Of(http), id);
        await http.Answer(
                new
                {
                    id,
                    receipt = ReceiptDocument.Of(entry),
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task RemoveAllAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        if (new Asked(http).Text("confirm") != "ALL")
            throw RequestException.BadRequest($"this removes everybody of the gallery '{served.Name}'; confirm=ALL says that it is meant");
        (int removed, AuditEntry? last) = await RemoveAllAsync(parts, http, served).ConfigureAwait(false);
        await http.Answer(
                new
                {
                    removed,
                    receipt = last is null ? null : ReceiptDocument.Of(last),
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Removes everybody of a gallery.</summary>
    public static async Task<(int Removed, AuditEntry? Last)> RemoveAllAsync(ServiceParts parts, HttpContext http, ServedGallery served)
    {
        List<Guid> ids = [];
        await foreach (Person person in served.Gallery.ListAsync(http.RequestAborted).ConfigureAwait(false))
            ids.Add(person.Id);
        AuditEntry? last = null;
        int removed = 0;
        foreach (Guid id in ids)
        {
            try
            {
                last = await served.Gallery.RemoveAsync(id, http.RequestAborted).ConfigureAwait(false);
                removed++;
                parts.Events.Publish(EventTypes.Removed, served.Name, RequestIds.Of(http), id);
            }
            catch (PersonNotFoundException)
            {
                // Somebody else removed the person meanwhile.
            }
        }
        return (removed, last);
    }

    private static async Task CoverAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person person = await FindAsync(http, served).ConfigureAwait(false);
        IReadOnlyList<FaceReference> references = await served
            .Gallery.ReferencesOfAsync(person.Id, http.RequestAborted)
            .ConfigureAwait(false);
        FaceReference shown = references.FirstOrDefault(reference => reference.HasCrop && reference.Id == person.Cover)
            ?? references.Where(reference => reference.HasCrop).MaxBy(reference => reference.Quality ?? 0)
            ?? throw RequestException.NotFound("no crop of this person is kept");
        await CropAsync(http, parts, served, person.Id, shown.Id).ConfigureAwait(false);
    }

    private static async Task CropAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person person = await FindAsync(http, served).ConfigureAwait(false);
        Guid id = http.IdOf("faceId");
        IReadOnlyList<FaceReference> references = await served
            .Gallery.ReferencesOfAsync(person.Id, http.RequestAborted)
            .ConfigureAwait(false);
        if (references.All(reference => reference.Id != id))
            throw RequestException.NotFound($"{person.Id} has no reference {id}");
        await CropAsync(http, parts, served, person.Id, id).ConfigureAwait(false);
    }

    private static async Task CropAsync(HttpContext http, ServiceParts parts, ServedGallery served, Guid person, Guid reference)
    {
        ReadOnlyMemory<byte> png = await served.Gallery.ReadCropAsync(reference, http.RequestAborted).ConfigureAwait(false);
        if (png.IsEmpty)
            throw RequestException.NotFound($"no crop is kept of the reference {reference}");
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "crop", [person]), http.RequestAborted).ConfigureAwait(false);
        http.Response.ContentType = "image/png";
        http.Response.ContentLength = png.Length;
        await http.Response.Body.WriteAsync(png, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task HistoryAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid id = http.IdOf("id");
        AuditDocument[] history =
        [
            .. (await served.Gallery.HistoryOfAsync(id, http.RequestAborted).ConfigureAwait(false)).Select(AuditDocument.Of),
        ];
        if (history.Length == 0)
            throw RequestException.NotFound($"the gallery '{served.Name}' never knew {id}");
        await http.Answer(new { history, requestId = RequestIds.Of(http) }).ConfigureAwait(false);
    }

    private static async Task ExportAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        PersonExport held = await served.Gallery.ExportAsync(http.IdOf("id"), http.RequestAborted).ConfigureAwait(false);
        PersonDocument person = PersonDocument.Of(held.Person, DateTimeOffset.UtcNow) with
        {
            References =
            [
                .. held.References.Select(reference =>
                    ReferenceDocument.Whole(reference, held.Crops.TryGetValue(reference.Id, out ReadOnlyMemory<byte> crop) ? crop : default)
                ),
            ],
        };
        await http.Answer(
                new
                {
                    person,
                    history = held.History.Select(AuditDocument.Of),
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task<Person> FindAsync(HttpContext http, ServedGallery served)
    {
        Guid id = http.IdOf("id");
        return await served.Gallery.FindAsync(id, http.RequestAborted).ConfigureAwait(false)
            ?? throw RequestException.NotFound($"the gallery '{served.Name}' knows nobody with the id {id}");
    }
}
