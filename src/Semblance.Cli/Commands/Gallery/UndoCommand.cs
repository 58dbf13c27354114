using System.CommandLine;
using System.Text.Json;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Documents;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery undo</c>: takes a change back, or says which can be.</summary>
internal static class UndoCommand
{
    private static readonly Argument<long?> Entry = new("ENTRY")
    {
        Description = "Number of the change's entry in the log, which --person finds.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> OfPerson = new("--person")
    {
        Description = "Only says which change of this person, by id or name, can be undone; exit code 1: none can.",
        HelpName = "PERSON",
    };

    public static Command Create()
    {
        Command command = new Command(
            "undo",
            "Takes a change of details, a move, a merge or a name given to a stranger back: for a day, and while it is the newest of "
                + "everybody it is about. What was removed never comes back.\n\nExample: semblance gallery undo --store sqlite:people.db "
                + "--person Ada"
        )
        {
            Entry,
            OfPerson,
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        long? entry = parsed.GetValue(Entry);
        string? person = parsed.GetValue(OfPerson);
        if (entry is null == person is null)
            throw new UsageException("say either the number of the entry to undo, or --person to see which of that person's can be undone");
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        bool json = parsed.GetValue(GalleryAccess.Json);
        return (int)(
            entry is { } number
                ? await UndoAsync(gallery, number, json, stop).ConfigureAwait(false)
                : await FindAsync(gallery, person!, json, stop).ConfigureAwait(false)
        );
    }

    private static async Task<ExitCode> UndoAsync(FaceGallery gallery, long number, bool json, CancellationToken stop)
    {
        UndoneChange undone = await gallery.UndoAsync(number, stop).ConfigureAwait(false);
        string people = string.Join(", ", undone.People.Select(person => $"{person.Name}  {person.Id}"));
        Console.Out.WriteLine(
            json
                ? GalleryJson.Indented(
                    new
                    {
                        undone = number,
                        entry = undone.Entry.Sequence,
                        receipt = undone.Entry.Head.ToString(),
                        people = undone.People.Select(person => PersonDocument.Of(person, DateTimeOffset.UtcNow)),
                    }
                )
                : $"undone entry {number}: {(people.Length > 0 ? people : "strangers")}; receipt {undone.Entry.Head}"
        );
        return ExitCode.Done;
    }

    private static async Task<ExitCode> FindAsync(FaceGallery gallery, string asked, bool json, CancellationToken stop)
    {
        Person person = await GalleryAccess.ResolveAsync(gallery, asked, stop).ConfigureAwait(false);
        AuditEntry? found = await gallery.FindUndoableAsync(person.Id, stop).ConfigureAwait(false);
        if (json)
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        person = PersonDocument.Of(person, DateTimeOffset.UtcNow) with
                        {
                            Undo = found?.Sequence,
                        },
                        change = found is null ? null : AuditDocument.Of(found),
                    }
                )
            );
        else if (found is null)
            Console.Out.WriteLine($"nothing of {person.Name}  {person.Id} can be undone");
        else
            Console.Out.WriteLine(
                $"entry {found.Sequence} can be undone: {JsonNamingPolicy.KebabCaseLower.ConvertName(found.Event.Action.ToString())} "
                    + $"of {person.Name}  {person.Id}, "
                    + $"{found.Event.At:u}{(found.Event.Detail is { } detail ? $", {detail}" : "")}"
            );
        return found is null ? ExitCode.No : ExitCode.Done;
    }
}
