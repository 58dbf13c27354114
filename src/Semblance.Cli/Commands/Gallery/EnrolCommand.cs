using System.CommandLine;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Enrolling;
using Semblance.Imaging;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery enrol</c>: makes a person known.</summary>
internal static class EnrolCommand
{
    private static readonly Option<string> Name = new("--name")
    {
        Description = "Who the pictures show; a known name gets more references.",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string[]> Meta = new("--meta")
    {
        Description = "A detail to keep, KEY=VALUE; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    private static readonly Option<bool> Another = new("--another") { Description = "Make another person even where the name is known." };

    public static Command Create()
    {
        Command command = new Command(
            "enrol",
            "Enrols a person from pictures with one good face each.\n\nExample: semblance gallery enrol --store sqlite:people.db --name "
                + "Ada ada/*.jpg"
        )
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            Name,
            Meta,
            Another,
            GalleryAccess.Json,
        }.WithStore();
        foreach (Option option in EnrolmentChoices.All)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(parsed.GetRequiredValue(InputOptions.Inputs));
        PersonDraft draft = new(parsed.GetRequiredValue(Name))
        {
            ConsentReference = settings.Get(EnrolmentChoices.Consent, null),
            ExpiresAt = EnrolmentChoices.ExpiryOf(settings),
            Metadata = EnrolmentChoices.MetadataOf(parsed.GetValue(Meta) ?? []),
        };
        await using OpenGallery open = await GalleryAccess.OpenOrCreateAsync(settings, stop).ConfigureAwait(false);
        PictureEnrolment done;
        using (Progress progress = new("reading", files.Count, settings.Quiet))
            done = await open
                .Gallery.EnrolAsync(
                    open.Analyzer,
                    draft,
                    files.Select(PictureItem.FromFile),
                    new()
                    {
                        Reading = EnrolmentChoices.Reading(settings, open),
                        KnownName = parsed.GetValue(Another) ? KnownName.AnotherPerson : KnownName.AddReferences,
                    },
                    new EachStep(progress.Advance),
                    stop
                )
                .ConfigureAwait(false);
        EnrolmentPhoto[] refused = [.. done.Refused];
        foreach (EnrolmentPhoto photo in refused)
            Messages.Error($"{photo.File}: {string.Join("; ", photo.Rejections.Select(RejectionText.Of))}");
        if (done.Enrolment is not { } enrolment)
        {
            Messages.Error("no picture could be used; nobody was enrolled");
            return (int)ExitCode.NoneUsable;
        }
        UnappliedDetails.Warn(draft, enrolment, open.Gallery.Address);
        Print(parsed.GetValue(GalleryAccess.Json), enrolment, refused);
        return (int)(refused.Length == 0 ? ExitCode.Done : ExitCode.SomeFailed);
    }

    private static void Print(bool json, Enrolment enrolment, EnrolmentPhoto[] refused)
    {
        if (json)
        {
            Console.Out.WriteLine(
                GalleryJson.Indented(
                    new
                    {
                        person = PersonDocument.Of(enrolment.Person, DateTimeOffset.UtcNow),
                        isNew = enrolment.IsNew,
                        added = enrolment.Added.Select(ReferenceDocument.Of),
                        alreadyEnrolled = enrolment.AlreadyEnrolled.Select(draft => draft.Source),
                        refused = refused.Select(photo => new RejectedDocument(photo.File, null, photo.Rejections)),
                    }
                )
            );
            return;
        }
        string already = enrolment.AlreadyEnrolled.Count == 0 ? "" : $", {enrolment.AlreadyEnrolled.Count} enrolled before";
        Console.Out.WriteLine(
            $"{enrolment.Person.Name}  {enrolment.Person.Id}  {(enrolment.IsNew ? "enrolled" : "known")}, "
                + $"{Counted.Of(enrolment.Added.Count, "reference")} added{already}"
        );
    }
}
