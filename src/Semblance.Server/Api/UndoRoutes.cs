using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Gallery.Documents;
using Semblance.Server.Events;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Takes back what was changed by hand.</summary>
internal static class UndoRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts) =>
        routes.Route(
            "POST",
            "/v1/undo/{entry}",
            KeyRoles.Enrol,
            "Takes a change of details, a move or a merge back, for a day and while it is the newest; nothing that was removed comes back",
            new(
                BodyKind.None,
                [("gallery", "which gallery")],
                """
                {"undone":17,"entry":21,"people":[{"id":"0199…","name":"Ada","enrolledAt":"2026-11-29T10:00:00+00:00"}],
                "requestId":"0199…"}
                """
            ),
            UndoAsync,
            parts
        );

    /// <summary>Number of the entry by which what this request changed of a person can be taken back; null where it cannot.</summary>
    public static async Task<long?> EntryOfAsync(HttpContext http, ServedGallery served, Guid person) =>
        await served.Gallery.FindUndoableAsync(person, http.RequestAborted).ConfigureAwait(false) is { } entry
        && entry.Event.Request == RequestIds.Of(http)
            ? entry.Sequence
            : null;

    private static async Task UndoAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string asked = (string)http.Request.RouteValues["entry"]!;
        long sequence = long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw RequestException.NotFound($"'{asked}' is no entry of the log");
        UndoneChange undone = await served.Gallery.UndoAsync(sequence, http.RequestAborted).ConfigureAwait(false);
        foreach (Person person in undone.People)
            parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), person.Id, person.Name);
        await http.Answer(
                new
                {
                    undone = sequence,
                    entry = undone.Entry.Sequence,
                    people = undone.People.Select(person => PersonDocument.Of(person, DateTimeOffset.UtcNow)),
                    requestId = RequestIds.Of(http),
                }
            )
            .ConfigureAwait(false);
    }
}
