using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery remove</c>: forgets a person or a reference.</summary>
internal static class RemoveCommand
{
    private static readonly Option<Guid?> Reference = new("--reference")
    {
        Description = "Only this reference of the person.",
        HelpName = "ID",
    };

    public static Command Create()
    {
        Command command = new Command(
            "remove",
            "Forgets a person with everything held about them, and prints the receipt.\n\nExample: semblance gallery remove --store "
                + "sqlite:people.db Ada"
        )
        {
            GalleryAccess.Person,
            Reference,
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        Person person = await GalleryAccess
            .ResolveAsync(gallery, parsed.GetRequiredValue(GalleryAccess.Person), stop)
            .ConfigureAwait(false);
        Guid? reference = parsed.GetValue(Reference);
        if (reference is { } asked && (await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false)).All(own => own.Id != asked))
            throw new ReferenceNotFoundException(gallery.Address, asked);
        using IDisposable hold = GalleryAccess.Erasing(gallery);
        try
        {
            AuditEntry entry = reference is { } id
                ? await gallery.RemoveReferenceAsync(id, stop).ConfigureAwait(false)
                : await gallery.RemoveAsync(person.Id, stop).ConfigureAwait(false);
            Print(entry);
            return (int)ExitCode.Done;
        }
        catch (ErasureUnfinishedException e)
        {
            // The removal is made: whoever asked for it gets the receipt.
            foreach (AuditEntry entry in e.Entries)
                Print(entry);
            throw;
        }

        void Print(AuditEntry entry) =>
            Console.Out.WriteLine(
                parsed.GetValue(GalleryAccess.Json)
                    ? GalleryJson.Indented(AuditDocument.Of(entry))
                    : $"removed {(reference is null ? person.Name : "a reference of " + person.Name)} "
                        + $"({entry.Event.References} references); receipt {entry.Head}"
            );
    }
}
