using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Server.Api;
using Semblance.Server.Events;
using Semblance.Server.Foreign;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.CompreFace;

/// <summary>CompreFace's face examples: references, by id or by subject.</summary>
internal static class ReferenceRoutes
{
    private const int DefaultSize = 20,
        LargestSize = 1000;

    public static async Task ListAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = CompreFaceRequest.WithoutBody(http, parts);
        int page = request.Whole("page", 0),
            size = request.Whole("size", DefaultSize) is > 0 and var asked ? Math.Min(asked, LargestSize) : DefaultSize;
        long first = (long)page * size,
            total = 0;
        List<object> faces = [];
        await foreach (Person person in PeopleAsync(http, request).ConfigureAwait(false))
        {
            IReadOnlyList<FaceReference> references = await request
                .Served.Gallery.ReferencesOfAsync(person.Id, http.RequestAborted)
                .ConfigureAwait(false);
            foreach (FaceReference reference in references)
                if (total++ >= first && faces.Count < size)
                    faces.Add(new { image_id = reference.Id, subject = person.Name });
        }
        bool beyond = faces.Count == 0;
        await parts.AccessLog.AddAsync(Accesses.Of(http, request.Served, "list", []), http.RequestAborted).ConfigureAwait(false);
        await http.Answer(
                new
                {
                    faces,
                    page_number = page,
                    page_size = size,
                    total_pages = beyond ? 0 : (total + size - 1) / size,
                    total_elements = beyond ? 0 : total,
                }
            )
            .ConfigureAwait(false);
    }

    public static async Task AddAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = await CompreFaceRequest.ReadAsync(http, parts).ConfigureAwait(false);
        string subject = (request["subject"] ?? request.Body?.Text("subject")) is { Length: > 0 } named
            ? named
            : throw CompreFaceException.MissingParameter("subject");
        Enrolment enrolment = await new ForeignPeople(parts)
            .EnrolAsync(http, request.Served, subject, [request.Picture("file")], FaceChoice.Only)
            .ConfigureAwait(false);
        // The same picture again is no second reference; its id is that of the first.
        Guid id = enrolment.Added is [var added, ..]
            ? added.Id
            : (await request.Served.Gallery.ReferencesOfAsync(enrolment.Person.Id, http.RequestAborted).ConfigureAwait(false))
                .First(reference => reference.SourceHash == enrolment.AlreadyEnrolled[0].SourceHash)
                .Id;
        await http.Answer(new { image_id = id, subject }, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    public static async Task RemoveOfSubjectAsync(HttpContext http, ServiceParts parts)
    {
        CompreFaceRequest request = CompreFaceRequest.WithoutBody(http, parts);
        string subject = request["subject"] is { Length: > 0 } named ? named : throw CompreFaceException.MissingParameter("subject");
        int deleted = 0;
        foreach (Person person in await request.Served.Gallery.FindByNameAsync(subject, http.RequestAborted).ConfigureAwait(false))
        foreach (
            FaceReference reference in await request.Served.Gallery.ReferencesOfAsync(person.Id, http.RequestAborted).ConfigureAwait(false)
        )
        {
            await request.Served.Gallery.RemoveReferenceAsync(reference.Id, CancellationToken.None).ConfigureAwait(false);
            deleted++;
        }
        await http.Answer(new { deleted }).ConfigureAwait(false);
    }

    public static async Task RemoveAsync(HttpContext http, ServiceParts parts)
    {
        string text = CompreFaceRouting.NameIn(http);
        await http.Answer(await RemoveAsync(http, parts, text).ConfigureAwait(false) ?? throw CompreFaceException.NoImage(text))
            .ConfigureAwait(false);
    }

    /// <summary>Removes those that are there; the answer is a bare array.</summary>
    public static async Task RemoveManyAsync(HttpContext http, ServiceParts parts)
    {
        _ = parts.Galleries.Of(http);
        if (await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Array } ids)
            throw CompreFaceException.Validation("an array of image ids is expected");
        List<object> removed = [];
        foreach (JsonElement id in ids.EnumerateArray())
            if (await RemoveAsync(http, parts, id.ToString()).ConfigureAwait(false) is { } one)
                removed.Add(one);
        await http.Answer(removed).ConfigureAwait(false);
    }

    public static async Task ImageAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string text = (string)http.Request.RouteValues["id"]!;
        (Person person, FaceReference reference) = await FindAsync(http, served, text).ConfigureAwait(false)
            ?? throw CompreFaceException.NoImage(text);
        ReadOnlyMemory<byte> png = await served.Gallery.ReadCropAsync(reference.Id, http.RequestAborted).ConfigureAwait(false);
        if (png.IsEmpty)
            throw new CompreFaceException(404, 11, $"Image {text} not found: the gallery '{served.Name}' keeps no crops");
        await parts.AccessLog.AddAsync(Accesses.Of(http, served, "crop", [person.Id]), http.RequestAborted).ConfigureAwait(false);
        http.Response.ContentType = "image/png";
        await http.Response.Body.WriteAsync(png, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The reference of an id in the path; null when there is none.</summary>
    public static async Task<(Person Person, FaceReference Reference)?> FindAsync(HttpContext http, ServedGallery served, string text) =>
        Guid.TryParse(text, out Guid id)
            ? await ForeignPeople.FindReferenceAsync(served, id, http.RequestAborted).ConfigureAwait(false)
            : null;

    private static async Task<object?> RemoveAsync(HttpContext http, ServiceParts parts, string text)
    {
        ServedGallery served = parts.Galleries.Of(http);
        if (await FindAsync(http, served, text).ConfigureAwait(false) is not { } found)
            return null;
        await served.Gallery.RemoveReferenceAsync(found.Reference.Id, CancellationToken.None).ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Updated, served.Name, RequestIds.Of(http), found.Person.Id, found.Person.Name);
        return new { image_id = found.Reference.Id, subject = found.Person.Name };
    }

    private static async IAsyncEnumerable<Person> PeopleAsync(HttpContext http, CompreFaceRequest request)
    {
        if (request["subject"] is { Length: > 0 } subject)
        {
            foreach (Person person in await request.Served.Gallery.FindByNameAsync(subject, http.RequestAborted).ConfigureAwait(false))
                yield return person;
            yield break;
        }
        await foreach (Person person in request.Served.Gallery.ListAsync(http.RequestAborted).ConfigureAwait(false))
            yield return person;
    }
}
