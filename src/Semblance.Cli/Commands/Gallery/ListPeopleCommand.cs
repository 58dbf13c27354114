using System.CommandLine;
using System.Globalization;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Documents;
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
        List<(Person Person, int References)> people = [];
        await foreach (Person person in gallery.ListAsync(stop).ConfigureAwait(false))
        {
            IReadOnlyList<FaceReference> references = await gallery.ReferencesOfAsync(person.Id, stop).ConfigureAwait(false);
            if (json)
                Console.Out.WriteLine(GalleryJson.Line(PersonDocument.Of(person, DateTimeOffset.UtcNow, references)));
            else
                people.Add((person, references.Count));
        }
        if (!json)
            Terminal.Out().Write(TableOf(people));
        return (int)ExitCode.Done;
    }

    /// <summary>Fits 80 columns: whole ids, days without times, and no column for expiry where nobody expires.</summary>
    private static Table TableOf(List<(Person Person, int References)> people)
    {
        bool expires = people.Any(row => row.Person.ExpiresAt is not null);
        Table table = new Table()
            .Border(TableBorder.None)
            .AddColumn(new TableColumn("id").NoWrap())
            .AddColumn("name")
            .AddColumn(new TableColumn("refs").RightAligned())
            .AddColumn(new TableColumn("enrolled").NoWrap());
        if (expires)
            table.AddColumn(new TableColumn("expires").NoWrap());
        foreach ((Person person, int references) in people)
        {
            List<string> row =
            [
                person.Id.ToString(),
                Markup.Escape(person.Name),
                references.ToString(CultureInfo.InvariantCulture),
                Day(person.EnrolledAt),
            ];
            if (expires)
                row.Add(
                    person.ExpiresAt is not { } time ? "never"
                    : person.IsExpiredAt(DateTimeOffset.UtcNow) ? "expired"
                    : Day(time)
                );
            table.AddRow([.. row]);
        }
        return table;
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
