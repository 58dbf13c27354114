using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Spectre.Console;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery list</c>: everybody.</summary>
internal static class ListPeopleCommand
{
    public static Command Create()
    {
        Command command = new Command("list", "Lists everybody.\n\nExample: semblance gallery list --store sqlite:people.db")
        {
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        bool json = parsed.GetValue(GalleryAccess.Json);
        Table table = new Table().Border(TableBorder.Simple).AddColumns("id", "name", "references", "enrolled", "expires");
        await foreach (Person person in gallery.ListAsync(stop).ConfigureAwait(false))
        {
            IReadOnlyList<FaceReference> references = await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false);
            if (json)
                Console.Out.WriteLine(GalleryJson.Line(PersonDocument.Of(person, references)));
            else
            {
                string expires = person.ExpiresAt is { } time
                    ? $"{time:u}{(person.IsExpiredAt(DateTimeOffset.UtcNow) ? " (expired)" : "")}"
                    : "never";
                table.AddRow(person.Id.ToString(), Markup.Escape(person.Name), $"{references.Count}", $"{person.EnrolledAt:u}", expires);
            }
        }
        if (!json)
            Terminal.Out().Write(table);
        return (int)ExitCode.Done;
    }
}
