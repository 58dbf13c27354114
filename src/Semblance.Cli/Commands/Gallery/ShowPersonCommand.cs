using System.CommandLine;
using System.Globalization;
using Semblance.Gallery;
using Semblance.Gallery.Documents;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery show</c>: one person.</summary>
internal static class ShowPersonCommand
{
    public static Command Create()
    {
        Command command = new Command(
            "show",
            "Shows a person and their references.\n\nExample: semblance gallery show --store sqlite:people.db Ada"
        )
        {
            GalleryAccess.Person,
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
        IReadOnlyList<FaceReference> references = await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false);
        if (parsed.GetValue(GalleryAccess.Json))
        {
            Console.Out.WriteLine(GalleryJson.Indented(PersonDocument.Of(person, DateTimeOffset.UtcNow, references)));
            return (int)ExitCode.Done;
        }
        Console.Out.WriteLine($"{person.Name}  {person.Id}");
        Console.Out.WriteLine(
            $"  enrolled {person.EnrolledAt:u}, expires {(person.ExpiresAt is { } time ? $"{time:u}" : "never")}, consent "
                + $"{person.ConsentReference ?? "not documented"}"
        );
        foreach ((string key, string value) in person.Metadata)
            Console.Out.WriteLine($"  {key} = {value}");
        foreach (FaceReference reference in references)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {reference.Id}  norm {reference.Norm:0.00}  quality "
                        + $"{reference.Quality?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "not judged"}"
                        + $"{(reference.HasCrop ? "  crop kept" : "")}  {reference.Source}"
                )
            );
        }
        return (int)ExitCode.Done;
    }
}
