using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Server.Api;
using Semblance.Server.Events;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.CompreFace;

/// <summary>Subjects: people by name.</summary>
internal static class SubjectRoutes
{
    public static async Task ListAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        SortedSet<string> names = new(StringComparer.Ordinal);
        await foreach (Person person in served.Gallery.ListAsync(http.RequestAborted).ConfigureAwait(false))
            names.Add(person.Name);
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "list", []), http.RequestAborted).ConfigureAwait(false);
        await http.Answer(new { subjects = names }).ConfigureAwait(false);
    }

    public static async Task AddAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string name = Subject(await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false));
        Enrolment made = await served
            .Gallery.EnrolAsync(
                new ForeignPeople(parts).Draft(http, name),
                [],
                new() { KnownName = KnownName.Refuse },
                CancellationToken.None
            )
            .ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Enrolled, served.Name, RequestIds.Of(http), made.Person.Id, name);
        await http.Answer(new { subject = name }, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    /// <summary>Renames; where the new name is somebody's, both become one.</summary>
    public static async Task RenameAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string name = CompreFaceRouting.NameIn(http),
            next = Subject(await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false));
        IReadOnlyList<Person> named = await served.Gallery.FindByNameAsync(name, http.RequestAborted).ConfigureAwait(false);
        if (named.Count == 0)
            throw CompreFaceException.NoSubject(name);
        if (next != name)
            foreach (Person person in named)
                await RenameAsync(http, served, person, next).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), named[0].Id, next);
        await http.Answer(new { updated = true }).ConfigureAwait(false);
    }

    public static async Task RemoveAsync(HttpContext http, ServiceParts parts)
    {
        string name = CompreFaceRouting.NameIn(http);
        if (await new ForeignPeople(parts).RemoveAsync(http, parts.Galleries.Of(http), name).ConfigureAwait(false) == 0)
            throw CompreFaceException.NoSubject(name);
        await http.Answer(new { subject = name }).ConfigureAwait(false);
    }

    public static async Task RemoveAllAsync(HttpContext http, ServiceParts parts)
    {
        (int removed, _) = await PeopleRoutes.RemoveAllAsync(parts, http, parts.Galleries.Of(http)).ConfigureAwait(false);
        await http.Answer(new { deleted = removed }).ConfigureAwait(false);
    }

    private static async Task RenameAsync(HttpContext http, ServedGallery served, Person person, string next)
    {
        IReadOnlyList<Person> known = await served.Gallery.FindByNameAsync(next, http.RequestAborted).ConfigureAwait(false);
        if (known is [var target, ..] && target.Id != person.Id)
            await served.Gallery.MergeAsync(person.Id, target.Id, CancellationToken.None).ConfigureAwait(false);
        else
            await served.Gallery.UpdateAsync(person.Id, held => held with { Name = next }, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary><c>{"subject":"…"}</c>, or the bare text that its .NET SDK sends.</summary>
    private static string Subject(JsonElement? body)
    {
        string? name = body switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Object } json when json.TryGetProperty("subject", out JsonElement member) => member.ValueKind
            == JsonValueKind.String
                ? member.GetString()
                : throw CompreFaceException.Validation("subject must be a text"),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(name) ? throw CompreFaceException.Validation("subject must not be empty") : name;
    }
}
