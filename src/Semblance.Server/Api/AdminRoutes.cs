using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Checking;
using Semblance.Gallery.Documents;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes for operators: keys, audit, check.</summary>
internal static class AdminRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        (string, string) gallery = ("gallery", "which gallery");
        routes.Route(
            "GET",
            "/v1/keys",
            KeyRoles.Admin,
            "Lists keys, never their secrets",
            new(BodyKind.None, [], """{"keys":[{"id":"…","name":"door","roles":["identify"],"createdAt":"2026-11-29T10:00:00+00:00"}]}"""),
            ListKeysAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/keys",
            KeyRoles.Admin,
            "Makes a key; its text is shown this once",
            new(BodyKind.Json, [], """{"key":"smb_…","id":"…","name":"door","roles":["identify"]}""")
            {
                BodyExample = """{"name":"door","roles":["identify"],"gallery":"default","requestsPerMinute":600}""",
            },
            CreateKeyAsync,
            parts
        );
        routes.Route(
            "DELETE",
            "/v1/keys/{id}",
            KeyRoles.Admin,
            "Takes a key back",
            new(BodyKind.None, [], """{"id":"…"}"""),
            RevokeKeyAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/audit",
            KeyRoles.Admin,
            "Every change, newest first; verify=true checks the chain",
            new(
                BodyKind.None,
                [
                    gallery,
                    ("limit", "entries"),
                    ("cursor", "next of the page before"),
                    ("verify", "true checks the whole chain"),
                    ("receipt", "a receipt to look for"),
                ],
                """
                {"entries":[{"sequence":12,"at":"2026-11-29T10:00:00+00:00","action":"person-enrolled","personId":"0199…",
                "references":1,"hash":"…"}],"next":"11"}
                """
            ),
            AuditAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/check",
            KeyRoles.Enrol,
            "What may be wrong in the gallery; a human decides",
            new(
                BodyKind.None,
                [gallery],
                """
                {"findings":[{"key":"…","kind":"one-person-under-two-names","people":[{"id":"0199…","name":"Ada"}],
                "references":["0199…"],"similarity":0.71,"message":"…"}]}
                """
            ),
            CheckAsync,
            parts
        );
    }

    private static Task ListKeysAsync(HttpContext http, ServiceParts parts) =>
        http.Answer(new { keys = FileOf(parts).Read().Where(key => MaySee(http, key)).Select(Shown) });

    private static async Task CreateKeyAsync(HttpContext http, ServiceParts parts)
    {
        Caller caller = KeyCheck.CallerOf(http);
        if (await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } body)
            throw RequestException.BadRequest("a JSON object with name and roles is expected");
        KeyRequest asked = body.Deserialize<KeyRequest>(ServiceJson.Options)
            ?? throw RequestException.BadRequest("a JSON object with name and roles is expected");
        if (caller.Gallery is { } bound && asked.Gallery != bound)
            throw new RequestException(403, "forbidden", $"the key '{caller.Name}' makes keys for the gallery '{bound}' alone");
        if (asked.Gallery is { } named && parts.Galleries.All.All(served => served.Name != named))
            throw RequestException.NotFound($"there is no gallery '{named}'");
        NewKey made = FileOf(parts)
            .Create(
                new(asked.Name ?? "", RoleNames.Parse(asked.Roles ?? []))
                {
                    Gallery = asked.Gallery,
                    CompreFace = asked.CompreFace,
                    RequestsPerMinute = asked.RequestsPerMinute,
                    NamesNearest = asked.NamesNearest,
                    ExpiresAt = asked.ExpiresAt,
                }
            );
        await http.Answer(
                new
                {
                    key = made.Text,
                    id = made.Key.Id,
                    name = made.Key.Name,
                    roles = made.Key.Roles,
                    gallery = made.Key.Gallery,
                },
                StatusCodes.Status201Created
            )
            .ConfigureAwait(false);
    }

    private static Task RevokeKeyAsync(HttpContext http, ServiceParts parts)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        KeyFile file = FileOf(parts);
        if (file.Read().FirstOrDefault(key => key.Id == id && MaySee(http, key)) is null)
            throw RequestException.NotFound("there is no key of that id");
        try
        {
            file.Revoke(id);
        }
        catch (KeyNotFoundException)
        {
            // Somebody else was faster.
            throw RequestException.NotFound("there is no key of that id");
        }
        return http.Answer(new { id });
    }

    private static KeyFile FileOf(ServiceParts parts) =>
        parts.Keys.File ?? throw new RequestException(409, "no-keys", "this service was started without a file of keys");

    private static bool MaySee(HttpContext http, StoredKey key) => KeyCheck.CallerOf(http).Gallery is not { } bound || key.Gallery == bound;

    private static object Shown(StoredKey key) =>
        new
        {
            id = key.Id,
            name = key.Name,
            roles = key.Roles,
            gallery = key.Gallery,
            compreFace = key.CompreFace,
            requestsPerMinute = key.RequestsPerMinute,
            createdAt = key.CreatedAt,
            expiresAt = key.ExpiresAt,
        };

    private static async Task AuditAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        Asked asked = new(http);
        int limit = asked.Whole("limit", 1, parts.Options.Limits.PageSize) ?? Math.Min(100, parts.Options.Limits.PageSize);
        int before = asked.Whole("cursor", 1, int.MaxValue) ?? int.MaxValue;
        Queue<AuditEntry> newest = new(limit + 1);
        await foreach (AuditEntry entry in served.Gallery.ReadLogAsync(0, http.RequestAborted).ConfigureAwait(false))
        {
            if (entry.Sequence >= before)
                break;
            newest.Enqueue(entry);
            if (newest.Count > limit + 1)
                newest.Dequeue();
        }
        AuditEntry[] page = [.. newest.Reverse().Take(limit)];
        AuditReport? report =
            asked.Flag("verify") || asked.Text("receipt") is not null
                ? await served
                    .Gallery.AuditAsync(asked.Text("receipt") is { } receipt ? AuditHead.Parse(receipt) : null, http.RequestAborted)
                    .ConfigureAwait(false)
                : null;
        await http.Answer(
                new
                {
                    entries = page.Select(AuditDocument.Of),
                    next = newest.Count > limit ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null,
                    report = report is null
                        ? null
                        : new
                        {
                            intact = report.IsIntact,
                            entries = report.Entries,
                            head = report.Head?.ToString(),
                            problems = report.Problems,
                        },
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task CheckAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        List<object> findings = [];
        using (parts.Work.Queue.TakePlace())
            await foreach (
                Finding finding in new GalleryCheck(served.Gallery, served.Analyzer.Matcher)
                    .RunAsync(cancellationToken: http.RequestAborted)
                    .ConfigureAwait(false)
            )
                findings.Add(
                    new
                    {
                        key = finding.Key,
                        kind = finding.Kind,
                        people = finding.People.Select(person => new { id = person.Id, name = person.Name }),
                        references = finding.References.Select(reference => reference.Id),
                        similarity = finding.Similarity is { } similarity ? Math.Round(similarity, 4) : (double?)null,
                        message = finding.Message,
                    }
                );
        await http.Answer(new { findings }).ConfigureAwait(false);
    }

    private sealed record KeyRequest(
        string? Name,
        IReadOnlyList<string>? Roles,
        string? Gallery,
        CompreFaceService? CompreFace,
        int? RequestsPerMinute,
        bool? NamesNearest,
        DateTimeOffset? ExpiresAt
    );
}
