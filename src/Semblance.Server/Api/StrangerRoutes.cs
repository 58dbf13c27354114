using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Storage;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes about unknown people who were seen: groups of faces that can be named, added to somebody, ignored, forgotten.</summary>
internal static class StrangerRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        (string, string) gallery = ("gallery", "which gallery");
        routes.Route(
            "GET",
            "/v1/strangers",
            KeyRoles.Enrol,
            "Groups of unknown faces that were kept",
            new(
                BodyKind.None,
                [gallery, ("ignored", "true lists the ignored ones"), ("limit", "groups on a page"), ("cursor", "next of the page before")],
                """
                {"kept":true,"strangers":[{"id":"0199…","faces":3,"shown":"0199…","firstSeenAt":"2026-11-29T10:00:00+00:00",
                "forgottenAt":"2026-12-29T10:00:00+00:00"}]}
                """
            ),
            ListAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/strangers/{id}/cover",
            KeyRoles.Enrol,
            "The crop that stands for a group, PNG",
            new(BodyKind.None, [gallery], null),
            CoverAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/strangers/{id}/name",
            KeyRoles.Enrol,
            "Makes a group somebody who is known",
            new(BodyKind.Json, [gallery], """{"id":"0199…","name":"Ada"}""") { BodyExample = """{"name":"Ada","consent":"form 12"}""" },
            NameAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/strangers/{id}/add",
            KeyRoles.Enrol,
            "Gives a group's faces to somebody who is known",
            new(BodyKind.Json, [gallery], """{"id":"0199…","name":"Ada"}""") { BodyExample = """{"person":"0199…"}""" },
            AddAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/strangers/{id}/ignore",
            KeyRoles.Enrol,
            "Tells nobody of this group again",
            new(BodyKind.None, [gallery], """{"id":"0199…"}"""),
            IgnoreAsync,
            parts
        );
        routes.Route(
            "DELETE",
            "/v1/strangers/{id}",
            KeyRoles.Enrol,
            "Forgets a group",
            new(BodyKind.None, [gallery], """{"id":"0199…"}"""),
            ForgetAsync,
            parts
        );
    }

    private static async Task ListAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Asked asked = new(http);
        (IReadOnlyList<PersonEntry> groups, string? next) = await new PeopleList(served.Gallery)
            .ReadAsync(
                "enrolled",
                new()
                {
                    Kind = asked.Flag("ignored") ? PersonKind.Ignored : PersonKind.Stranger,
                    Limit = asked.Whole("limit", 1, parts.Options.Limits.PageSize) ?? Math.Min(50, parts.Options.Limits.PageSize),
                },
                asked.Text("cursor"),
                http.RequestAborted
            )
            .ConfigureAwait(false);
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "list", []), http.RequestAborted).ConfigureAwait(false);
        await http.Answer(
                new
                {
                    kept = parts.Options.StrangerDays is not null,
                    strangers = groups.Select(group => new
                    {
                        id = group.Person.Id,
                        faces = group.References,
                        shown = group.Shown,
                        firstSeenAt = group.Person.EnrolledAt,
                        forgottenAt = group.Person.ExpiresAt,
                    }),
                    next,
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task CoverAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person group = await GroupAsync(http, served).ConfigureAwait(false);
        IReadOnlyList<FaceReference> faces = await served.Gallery.ReferencesOfAsync(group.Id, http.RequestAborted).ConfigureAwait(false);
        FaceReference shown = faces.Where(face => face.HasCrop).MaxBy(face => face.Quality ?? 0)
            ?? throw RequestException.NotFound("no crop of this group is kept");
        ReadOnlyMemory<byte> png = await served.Gallery.ReadCropAsync(shown.Id, http.RequestAborted).ConfigureAwait(false);
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "crop", [group.Id]), http.RequestAborted).ConfigureAwait(false);
        http.Response.ContentType = "image/png";
        await http.Response.Body.WriteAsync(png, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task NameAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        JsonElement body = await BodyAsync(http, parts).ConfigureAwait(false);
        PersonDraft draft = new(Member(body, "name") ?? throw RequestException.BadRequest("a name is needed: 'name'"))
        {
            ConsentReference = Member(body, "consent"),
            ExternalId = Member(body, "externalId"),
        };
        Person person = await served.Gallery.NameStrangerAsync(http.IdOf("id"), draft, http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Enrolled, served.Name, RequestIds.Of(http), person.Id, person.Name);
        await http.Answer(
                PersonDocument.Of(person, DateTimeOffset.UtcNow) with
                {
                    Undo = await UndoRoutes.EntryOfAsync(http, served, person.Id).ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task AddAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        JsonElement body = await BodyAsync(http, parts).ConfigureAwait(false);
        Guid to = Guid.TryParse(Member(body, "person"), out Guid id) ? id : throw RequestException.BadRequest("'person' is an id");
        Person person = await served.Gallery.AddStrangerToAsync(http.IdOf("id"), to, http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), person.Id, person.Name);
        await http.Answer(
                PersonDocument.Of(person, DateTimeOffset.UtcNow) with
                {
                    Undo = await UndoRoutes.EntryOfAsync(http, served, person.Id).ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task IgnoreAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person group = await GroupAsync(http, served).ConfigureAwait(false);
        await served
            .Gallery.UpdateAsync(group.Id, held => held with { Kind = PersonKind.Ignored }, http.RequestAborted)
            .ConfigureAwait(false);
        long? undo = await UndoRoutes.EntryOfAsync(http, served, group.Id).ConfigureAwait(false);
        await http.Answer(new { id = group.Id, undo }).ConfigureAwait(false);
    }

    private static async Task ForgetAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Person group = await GroupAsync(http, served).ConfigureAwait(false);
        AuditEntry entry = await served.Gallery.RemoveAsync(group.Id, http.RequestAborted).ConfigureAwait(false);
        await http.Answer(new { id = group.Id, receipt = ReceiptDocument.Of(entry) }).ConfigureAwait(false);
    }

    private static async Task<Person> GroupAsync(HttpContext http, ServedGallery served)
    {
        Guid id = http.IdOf("id");
        return await served.Gallery.FindAsync(id, http.RequestAborted).ConfigureAwait(false) is { Kind: not PersonKind.Known } group
            ? group
            : throw RequestException.NotFound($"there is no group of strangers {id}");
    }

    private static async Task<JsonElement> BodyAsync(HttpContext http, ServiceParts parts) =>
        await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is { ValueKind: JsonValueKind.Object } body
            ? body
            : throw RequestException.BadRequest("a JSON object is expected");

    private static string? Member(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: > 0 } text
            ? text
            : null;
}
