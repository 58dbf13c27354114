using System.CommandLine;
using Semblance.Cli.Options;
using Semblance.Cli.Output;
using Semblance.Files;
using Semblance.Gallery;
using Semblance.Gallery.Documents;
using Semblance.Gallery.Privacy;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery export</c>: everything held about one person.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for person.json and the crops.",
        HelpName = "DIR",
        Required = true,
    };

    public static Command Create()
    {
        Command command = new Command(
            "export",
            "Writes all that is held about one person: JSON and crops, readable by you alone.\n\nExample: semblance gallery export "
                + "--store sqlite:people.db Ada --out ada/"
        )
        {
            GalleryAccess.Person,
            Out,
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
        string folder = PrivateFiles.CreateFolder(parsed.GetRequiredValue(Out)).FullName;
        ProtectedInputs inputs = WrittenOptions.InputsOf(parsed);
        PersonExport export = await gallery.ExportAsync(person.Id, stop).ConfigureAwait(false);
        foreach ((Guid id, ReadOnlyMemory<byte> png) in export.Crops)
            AtomicFile.WriteAllBytes(inputs.Spare(Path.Combine(folder, CropFile(id))), png.Span, FileReaders.OwnerAlone);
        string json = GalleryJson.Indented(
            new
            {
                gallery = gallery.Address,
                gallery.Settings.Contract.Embedder,
                gallery.Settings.Contract.Contract,
                person = PersonDocument.Of(export.Person, DateTimeOffset.UtcNow),
                references = export.References.Select(reference =>
                    ReferenceDocument.Whole(reference, crop: default) with
                    {
                        CropFile = export.Crops.ContainsKey(reference.Id) ? CropFile(reference.Id) : null,
                    }
                ),
                history = export.History.Select(AuditDocument.Of),
            }
        );
        string file = inputs.Spare(Path.Combine(folder, "person.json"));
        AtomicFile.WriteAllText(file, json, FileReaders.OwnerAlone);
        Console.Out.WriteLine(
            $"{file}: {export.References.Count} references, {export.Crops.Count} crops, {export.History.Count} audit entries"
        );
        return (int)ExitCode.Done;
    }

    private static string CropFile(Guid reference) => $"{reference}.png";
}
