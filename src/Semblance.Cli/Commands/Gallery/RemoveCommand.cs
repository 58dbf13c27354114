using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Audit;

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
        AuditEntry entry;
        if (parsed.GetValue(Reference) is { } reference)
        {
            if ((await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false)).All(own => own.Id != reference))
                throw new GalleryException($"{person.Name} has no reference {reference}; 'semblance gallery show' lists them");
            entry = await gallery.RemoveReferenceAsync(reference, stop).ConfigureAwait(false);
        }
        else
        {
            entry = await gallery.RemoveAsync(person.Id, stop).ConfigureAwait(false);
        }
        if (parsed.GetValue(GalleryAccess.Json))
            Console.Out.WriteLine(GalleryJson.Indented(AuditDocument.Of(entry)));
        else
            Console.Out.WriteLine(
                $"removed {(parsed.GetValue(Reference) is null ? person.Name : "a reference of " + person.Name)} "
                    + $"({entry.Event.References} references); receipt {entry.Head}"
            );
        return (int)ExitCode.Done;
    }
}
