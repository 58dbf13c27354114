using System.CommandLine;
using Semblance.Gallery;
using Semblance.Gallery.Documents;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery update</c>: changes what is held about a person.</summary>
internal static class UpdateCommand
{
    private const string Never = "never";

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "What the person is called from now on.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Expires = new("--expires")
    {
        Description = "When to forget: a date, a time, a number of days (90d), or never.",
        HelpName = "WHEN",
    };

    private static readonly Option<string[]> Meta = new("--meta")
    {
        Description = "A detail to keep, KEY=VALUE; KEY= takes it away; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    public static Command Create()
    {
        Command command = new Command(
            "update",
            "Changes a person's name, consent reference, expiry or details; references stay.\n\nExample: semblance gallery update "
                + "--store sqlite:people.db Ada --name \"Ada Lovelace\" --expires 365d"
        )
        {
            GalleryAccess.Person,
            Name,
            EnrolmentChoices.Consent,
            Expires,
            Meta,
            GalleryAccess.Json,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string? name = parsed.GetValue(Name),
            consent = parsed.GetValue(EnrolmentChoices.Consent),
            expires = parsed.GetValue(Expires);
        Dictionary<string, string> details = EnrolmentChoices.MetadataOf(parsed.GetValue(Meta) ?? []);
        if (name is null && consent is null && expires is null && details.Count == 0)
            throw new UsageException("nothing to change; give --name, --consent, --expires or --meta");
        DateTimeOffset? expiry = expires is null or Never ? null : EnrolmentChoices.ExpiryOf(expires);
        await using FaceGallery gallery = await GalleryAccess.OpenAsync(new(parsed), stop).ConfigureAwait(false);
        Person person = await GalleryAccess
            .ResolveAsync(gallery, parsed.GetRequiredValue(GalleryAccess.Person), stop)
            .ConfigureAwait(false);
        Person changed = await gallery
            .UpdateAsync(
                person.Id,
                before =>
                    before with
                    {
                        Name = name ?? before.Name,
                        ConsentReference = consent ?? before.ConsentReference,
                        ExpiresAt = expires is null ? before.ExpiresAt : expiry,
                        Metadata = new Dictionary<string, string>(
                            before
                                .Metadata.Where(pair => !details.ContainsKey(pair.Key))
                                .Concat(details.Where(pair => pair.Value.Length > 0))
                        ),
                    },
                stop
            )
            .ConfigureAwait(false);
        Console.Out.WriteLine(
            parsed.GetValue(GalleryAccess.Json)
                ? GalleryJson.Indented(PersonDocument.Of(changed, DateTimeOffset.UtcNow))
                : $"{changed.Name}  {changed.Id}  changed; expires {(changed.ExpiresAt is { } time ? $"{time:u}" : Never)}, consent "
                    + $"{changed.ConsentReference ?? "not documented"}"
        );
        return (int)ExitCode.Done;
    }
}
