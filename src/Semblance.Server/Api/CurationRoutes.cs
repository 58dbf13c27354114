using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Checking;
using Semblance.Gallery.Documents;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes for what a person corrects by hand: merge, move, cover, details of references, dismissed findings.</summary>
internal static class CurationRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        (string, string) gallery = ("gallery", "which gallery");
        void Correct(
            string method,
            string path,
            string summary,
            string? body,
            string answer,
            Func<HttpContext, ServiceParts, Task> handler
        ) =>
            routes.Route(
                method,
                path,
                KeyRoles.Enrol,
                summary,
                new(body is null ? BodyKind.None : BodyKind.Json, [gallery], answer) { BodyExample = body },
                handler,
                parts
            );
        const string Person = """{"id":"0199…","name":"Ada","enrolledAt":"2026-11-29T10:00:00+00:00","undo":17}""";
        Correct(
            "POST",
            "/v1/people/{id}/merge",
            "Gives all references of another person to this one and removes the other",
            """{"from":"0199…"}""",
            Person,
            MergeAsync
        );
        Correct(
            "POST",
            "/v1/people/{id}/faces/{faceId}/move",
            "Gives a reference to another person, where it stays whatever works by itself",
            """{"to":"0199…"}""",
            """{"id":"0199…","undo":17}""",
            MoveAsync
        );
        Correct(
            "PUT",
            "/v1/people/{id}/cover",
            "Chooses the reference whose crop stands for a person; null leaves it to the service",
            """{"face":"0199…"}""",
            Person,
            CoverAsync
        );
        Correct(
            "PATCH",
            "/v1/people/{id}/faces/{faceId}",
            "Changes details of a reference",
            """{"externalId":"photo-17","tags":["passport"],"locked":true}""",
            """{"id":"0199…"}""",
            UpdateFaceAsync
        );
        Correct(
            "POST",
            "/v1/check/{finding}/dismiss",
            "Takes a finding of the check for looked at; it does not come back",
            null,
            """{"dismissed":"…","undo":17}""",
            DismissAsync
        );
    }

    private static async Task MergeAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid from = await IdInAsync(http, parts, "from").ConfigureAwait(false) ?? throw RequestException.BadRequest("'from' is an id");
        Person person = await served.Gallery.MergeAsync(from, http.IdOf("id"), http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Removed, served.Name, RequestIds.Of(http), from);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), person.Id, person.Name);
        await AnswerAsync(http, served, person).ConfigureAwait(false);
    }

    private static async Task MoveAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        FaceReference held = await ReferenceAsync(http, served).ConfigureAwait(false);
        Guid to = await IdInAsync(http, parts, "to").ConfigureAwait(false) ?? throw RequestException.BadRequest("'to' is an id");
        FaceReference moved = await served.Gallery.MoveReferenceAsync(held.Id, to, http.RequestAborted).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), held.PersonId);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), to);
        await AnswerAsync(http, served, moved).ConfigureAwait(false);
    }

    private static async Task CoverAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Guid? face = await IdInAsync(http, parts, "face").ConfigureAwait(false);
        Person person = await served
            .Gallery.UpdateAsync(http.IdOf("id"), held => held with { Cover = face }, http.RequestAborted)
            .ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), person.Id, person.Name);
        await AnswerAsync(http, served, person).ConfigureAwait(false);
    }

    private static async Task UpdateFaceAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        FaceReference held = await ReferenceAsync(http, served).ConfigureAwait(false);
        if (await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } body)
            throw RequestException.BadRequest("a JSON object with what is to change is expected");
        FaceReference changed = await served
            .Gallery.UpdateReferenceAsync(held.Id, reference => PersonPatch.Apply(reference, body), http.RequestAborted)
            .ConfigureAwait(false);
        await AnswerAsync(http, served, changed).ConfigureAwait(false);
    }

    private static async Task DismissAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string key = (string)http.Request.RouteValues["finding"]!;
        Finding? found = null;
        using (parts.Work.Queue.TakePlace())
            await foreach (
                Finding finding in new GalleryCheck(served.Gallery, served.Analyzer.Matcher)
                    .RunAsync(cancellationToken: http.RequestAborted)
                    .ConfigureAwait(false)
            )
                if (finding.Key == key)
                {
                    found = finding;
                    break;
                }
        if (found is null)
            throw RequestException.NotFound("the check has no such finding");
        await served
            .Gallery.UpdateAsync(found.People[0].Id, person => person with { Dismissed = [.. person.Dismissed, key] }, http.RequestAborted)
            .ConfigureAwait(false);
        long? undo = await UndoRoutes.EntryOfAsync(http, served, found.People[0].Id).ConfigureAwait(false);
        await http.Answer(new { dismissed = key, undo }).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext http, ServedGallery served, Person person) =>
        await http.Answer(
                PersonDocument.Of(
                    person,
                    DateTimeOffset.UtcNow,
                    await served.Gallery.ReferencesOfAsync(person.Id, http.RequestAborted).ConfigureAwait(false)
                ) with
                {
                    Undo = await UndoRoutes.EntryOfAsync(http, served, person.Id).ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);

    private static async Task AnswerAsync(HttpContext http, ServedGallery served, FaceReference reference) =>
        await http.Answer(
                ReferenceDocument.Of(reference) with
                {
                    Undo = await UndoRoutes.EntryOfAsync(http, served, reference.PersonId).ConfigureAwait(false),
                }
            )
            .ConfigureAwait(false);

    private static async Task<FaceReference> ReferenceAsync(HttpContext http, ServedGallery served)
    {
        Guid person = http.IdOf("id"),
            face = http.IdOf("faceId");
        return
            await served.Gallery.FindReferenceAsync(face, http.RequestAborted).ConfigureAwait(false) is { } held && held.PersonId == person
            ? held
            : throw RequestException.NotFound($"{person} has no reference {face}");
    }

    private static async Task<Guid?> IdInAsync(HttpContext http, ServiceParts parts, string name)
    {
        if (
            await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } body
            || !body.TryGetProperty(name, out JsonElement member)
        )
            throw RequestException.BadRequest($"a JSON object with '{name}' is expected");
        if (member.ValueKind == JsonValueKind.Null)
            return null;
        return member.ValueKind == JsonValueKind.String && member.TryGetGuid(out Guid id)
            ? id
            : throw RequestException.BadRequest($"'{name}' is an id");
    }
}
