using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Semblance.Files;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;

namespace Semblance.Gallery.Importing;

/// <summary>
/// Enrols a folder of folders, one a person. What is enrolled is known by the hash of its file, so an import can be broken off and run
/// again: it goes on where it was, and a second run changes nothing.
/// </summary>
/// <param name="gallery">Takes the people.</param>
/// <param name="reader">Reads the photographs.</param>
/// <param name="options">Consent, expiry, threads.</param>
public sealed class FolderImport(IFaceGallery gallery, PhotoReader reader, ImportOptions options)
{
    /// <summary>Photographs of one person that are enrolled together: what a broken import has to do again at most.</summary>
    private const int Batch = 16;

    private static readonly HashSet<string> Extensions = new(
        [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The photographs by person.</summary>
    /// <param name="folder">The folder of folders.</param>
    /// <exception cref="GalleryException">There is no such folder, or it holds no folder with pictures.</exception>
    public static IReadOnlyList<(string Person, IReadOnlyList<string> Files)> Find(string folder)
    {
        if (!Directory.Exists(folder))
            throw new GalleryException($"there is no folder {folder}");
        (string, IReadOnlyList<string>)[] people =
        [
            .. FolderFiles
                .ListEach(folder)
                .Select(own =>
                    (
                        Path.GetFileName(own.Folder),
                        (IReadOnlyList<string>)[.. own.Files.Where(file => Extensions.Contains(Path.GetExtension(file)))]
                    )
                )
                .Where(person => person.Item2.Count > 0),
        ];
        return people.Length > 0
            ? people
            : throw new GalleryException(
                $"{folder} holds no folders with pictures; a folder a person is expected: {folder}/NAME/picture.jpg"
            );
    }

    /// <summary>Imports.</summary>
    /// <param name="people">What <see cref="Find"/> found.</param>
    /// <param name="cancellationToken">Stops the work; what was reported stays.</param>
    /// <returns>Every photograph once it is dealt with; enrolled ones when they are on disk.</returns>
    public async IAsyncEnumerable<ImportedPhoto> RunAsync(
        IReadOnlyList<(string Person, IReadOnlyList<string> Files)> people,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<ImportedPhoto> done = Channel.CreateBounded<ImportedPhoto>(1024);
        (string Person, string[] Files)[] batches =
        [
            .. people.SelectMany(person => person.Files.Chunk(Batch).Select(files => (person.Person, files))),
        ];
        Task work = Task.Run(
            async () =>
            {
                try
                {
                    await Parallel
                        .ForEachAsync(
                            batches,
                            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = stop.Token },
                            async (batch, token) =>
                            {
                                // What is enrolled is reported even when another batch has failed meanwhile.
                                foreach (ImportedPhoto photo in await ImportAsync(batch.Person, batch.Files, token).ConfigureAwait(false))
                                    await done.Writer.WriteAsync(photo, stop.Token).ConfigureAwait(false);
                            }
                        )
                        .ConfigureAwait(false);
                    done.Writer.Complete();
                }
                catch (Exception e)
                {
                    done.Writer.Complete(e);
                }
            },
            CancellationToken.None
        );
        try
        {
            await foreach (ImportedPhoto photo in done.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return photo;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    private async Task<List<ImportedPhoto>> ImportAsync(string person, string[] files, CancellationToken cancellationToken)
    {
        try
        {
            PersonName.Check(person);
        }
        catch (GalleryException e)
        {
            // One folder that is no name does not end the import of the others.
            Rejection unreadable = new(RejectionReason.Unreadable, e.Message);
            return [.. files.Select(file => new ImportedPhoto(person, file, ImportOutcome.Refused, [unreadable]))];
        }
        HashSet<string> known = await KnownHashesAsync(person, cancellationToken).ConfigureAwait(false);
        List<ImportedPhoto> outcomes = [];
        List<ReferenceDraft> drafts = [];
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] bytes;
            try
            {
                bytes = RegularFile.ReadAllBytes(file, reader.ByteLimit);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                outcomes.Add(new(person, file, ImportOutcome.Refused, [new(RejectionReason.Unreadable, e.Message)]));
                continue;
            }
            if (known.Contains(PhotoReader.HashOf(bytes)))
            {
                outcomes.Add(new(person, file, ImportOutcome.AlreadyEnrolled, []));
                continue;
            }
            EnrolmentPhoto photo = await reader.ReadAsync(PictureItem.FromBytes(file, bytes), cancellationToken).ConfigureAwait(false);
            if (photo.Draft is { } draft)
                drafts.Add(draft);
            else
                outcomes.Add(new(person, file, ImportOutcome.Refused, photo.Rejections));
        }
        if (drafts.Count == 0)
            return outcomes;
        Enrolment enrolment = await gallery
            .EnrolAsync(
                new(person) { ConsentReference = options.ConsentReference, ExpiresAt = options.ExpiresAt },
                drafts,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        outcomes.AddRange(enrolment.Added.Select(reference => new ImportedPhoto(person, reference.Source!, ImportOutcome.Enrolled, [])));
        outcomes.AddRange(
            enrolment.AlreadyEnrolled.Select(draft => new ImportedPhoto(person, draft.Source!, ImportOutcome.AlreadyEnrolled, []))
        );
        return outcomes;
    }

    private async Task<HashSet<string>> KnownHashesAsync(string name, CancellationToken cancellationToken)
    {
        HashSet<string> hashes = [];
        foreach (Person person in await gallery.FindByNameAsync(name, cancellationToken).ConfigureAwait(false))
        foreach (FaceReference reference in await gallery.ReferencesOfAsync(person.Id, cancellationToken).ConfigureAwait(false))
            if (reference.SourceHash is { } hash)
                hashes.Add(hash);
        return hashes;
    }
}
