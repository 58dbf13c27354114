using Microsoft.AspNetCore.Http;
using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Server.Api;
using Semblance.Server.Bodies;
using Semblance.Server.Events;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;

namespace Semblance.Server.Foreign;

/// <summary>What the routes of other systems, which know people by name alone, do with people.</summary>
internal sealed class ForeignPeople(ServiceParts parts)
{
    /// <summary>A person to be enrolled, with the consent that the request or the configuration gives.</summary>
    public PersonDraft Draft(HttpContext http, string name) =>
        new(name) { ConsentReference = EnrolRoutes.ConsentHeader(http) ?? parts.Options.DefaultConsent };

    /// <summary>Enrols one face of each picture under a name.</summary>
    /// <param name="http">The request.</param>
    /// <param name="served">Where.</param>
    /// <param name="name">Whom.</param>
    /// <param name="uploads">Pictures with one face each.</param>
    /// <param name="choice">Which face where there are several.</param>
    /// <exception cref="NoFaceException">A picture has no face.</exception>
    /// <exception cref="SeveralFacesException">A picture has several and it was not said which.</exception>
    public async Task<Enrolment> EnrolAsync(
        HttpContext http,
        ServedGallery served,
        string name,
        IReadOnlyList<Upload> uploads,
        FaceChoice choice
    )
    {
        PersonDraft draft = Draft(http, name);
        PersonName.Check(name);
        await EnrolRoutes.RequireConsentAsync(served, draft, http.RequestAborted).ConfigureAwait(false);
        // These systems enrol whatever has a face; refusing poor pictures would break their clients, so the gate is open here.
        EnrolmentPhoto[] photos = await parts
            .Work.ReadAsync(served.Reader(choice, QualityGate.Open, parts.Options.Limits), uploads, http.RequestAborted)
            .ConfigureAwait(false);
        foreach (EnrolmentPhoto photo in photos)
            Require(photo);
        Enrolment enrolment = await served
            .Gallery.EnrolAsync(draft, [.. photos.Select(photo => photo.Draft!)], cancellationToken: CancellationToken.None)
            .ConfigureAwait(false);
        parts.Events.Publish(EventTypes.Enrolled, served.Name, RequestIds.Of(http), enrolment.Person.Id, enrolment.Person.Name);
        return enrolment;
    }

    /// <summary>Removes everybody of a name.</summary>
    /// <returns>How many people there were.</returns>
    public async Task<int> RemoveAsync(HttpContext http, ServedGallery served, string name)
    {
        IReadOnlyList<Person> named = await served.Gallery.FindByNameAsync(name, http.RequestAborted).ConfigureAwait(false);
        foreach (Person person in named)
        {
            await served.Gallery.RemoveAsync(person.Id, CancellationToken.None).ConfigureAwait(false);
            parts.Events.Publish(EventTypes.Removed, served.Name, RequestIds.Of(http), person.Id);
        }
        return named.Count;
    }

    /// <summary>A reference and whose it is; null when there is none.</summary>
    public static async Task<(Person Person, FaceReference Reference)?> FindReferenceAsync(
        ServedGallery served,
        Guid id,
        CancellationToken gone
    )
    {
        if (await served.Gallery.FindReferenceAsync(id, gone).ConfigureAwait(false) is not { } reference)
            return null;
        return await served.Gallery.FindAsync(reference.PersonId, gone).ConfigureAwait(false) is { } person ? (person, reference) : null;
    }

    private static void Require(EnrolmentPhoto photo)
    {
        if (photo.Rejections is not [var rejection, ..])
            return;
        throw rejection.Reason switch
        {
            RejectionReason.NoFace => new NoFaceException(photo.File),
            RejectionReason.SeveralFaces => new Failures.RequestException(422, "several-faces", $"{photo.File}: {rejection.Message}"),
            RejectionReason.Unreadable => new Failures.RequestException(415, "image-format", rejection.Message),
            _ => new Failures.RequestException(422, "rejected", $"{photo.File}: {rejection.Message}"),
        };
    }
}
