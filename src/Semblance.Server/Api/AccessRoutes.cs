using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Server.Access;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>The route that shows who searched and looked at whom.</summary>
internal static class AccessRoutes
{
    /// <summary>Whom an entry names is told for so many; a list of people names hundreds.</summary>
    private const int NamedPeople = 5;

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts) =>
        routes.Route(
            "GET",
            "/v1/access",
            KeyRoles.Admin,
            "Who searched and looked at whom, newest first",
            new(
                BodyKind.None,
                [
                    ("gallery", "which gallery"),
                    ("limit", "entries"),
                    ("cursor", "next of the page before"),
                    ("person", "only entries that name this person"),
                    ("key", "only what was asked with the key of this id"),
                    (
                        "names",
                        "true adds the names that keys and people have now: keys and people, by id (of an entry the first five). It is "
                            + "then a look at people, and an entry itself"
                    ),
                ],
                """
                {"kept":true,"days":90,"entries":[{"at":"2026-11-29T10:00:00+00:00","requestId":"…","key":"…","gallery":"default",
                "action":"identify","people":["0199…"],"faces":1}],"next":"20261129-4711","keys":{"…":"door"},"people":{"0199…":"Ada"}}
                """
            ),
            ReadAsync,
            parts
        );

    private static async Task ReadAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Asked asked = new(http);
        bool names = asked.Flag("names");
        AccessPage page = await parts.AccessLog.ReadAsync(QueryOf(asked, served, parts), http.RequestAborted).ConfigureAwait(false);
        Dictionary<Guid, string>? people = names
            ? await PeopleOfAsync(served, page.Entries, http.RequestAborted).ConfigureAwait(false)
            : null;
        if (people is not null)
            await parts.AccessLog.AddAsync(Accesses.Of(http, served, "log", [.. people.Keys]), http.RequestAborted).ConfigureAwait(false);
        await http.Answer(
                new
                {
                    kept = parts.AccessLog.IsKept,
                    days = parts.AccessLog.Days,
                    entries = page.Entries,
                    next = page.Next?.ToString(),
                    keys = names ? KeysOf(http, parts, page.Entries) : null,
                    people,
                }
            )
            .ConfigureAwait(false);
    }

    private static AccessQuery QueryOf(Asked asked, ServedGallery served, ServiceParts parts) =>
        new(served.Name, asked.Whole("limit", 1, parts.Options.Limits.PageSize) ?? Math.Min(100, parts.Options.Limits.PageSize))
        {
            Before = asked.Text("cursor") is { Length: > 0 } cursor
                ? AccessPosition.Parse(cursor) ?? throw RequestException.BadRequest("'cursor' is none that an answer gave as next")
                : null,
            Person =
                asked.Text("person") is not { Length: > 0 } person ? null
                : Guid.TryParse(person, out Guid id) ? id
                : throw RequestException.BadRequest("'person' is no id"),
            Key = asked.Text("key") is { Length: > 0 } key ? key : null,
        };

    /// <summary>Who the people of entries are, as far as they are still in the gallery.</summary>
    private static async Task<Dictionary<Guid, string>> PeopleOfAsync(
        ServedGallery served,
        IReadOnlyList<AccessEntry> entries,
        CancellationToken gone
    )
    {
        Dictionary<Guid, string> names = [];
        foreach (Guid id in entries.SelectMany(entry => entry.People.Take(NamedPeople)).Distinct())
            if (await served.Gallery.FindAsync(id, gone).ConfigureAwait(false) is { } person)
                names.Add(id, person.Name);
        return names;
    }

    /// <summary>What the keys of entries are called, as far as they are still in the file and this caller may see them.</summary>
    private static Dictionary<string, string> KeysOf(HttpContext http, ServiceParts parts, IReadOnlyList<AccessEntry> entries)
    {
        string? bound = KeyCheck.CallerOf(http).Gallery;
        HashSet<string> used = [.. entries.Select(entry => entry.Key)];
        return (parts.Keys.File?.Read() ?? [])
            .Where(key => used.Contains(key.Id) && (bound is null || key.Gallery == bound))
            .ToDictionary(key => key.Id, key => key.Name);
    }
}
