using System.CommandLine;
using System.Text;
using Semblance.Cli.Output;
using Semblance.Gallery;
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
        PersonExport export = await gallery.ExportAsync(person.Id, stop).ConfigureAwait(false);
        foreach ((Guid id, ReadOnlyMemory<byte> png) in export.Crops)
            await PrivateFile.WriteAsync(Path.Combine(folder, CropFile(id)), png, stop).ConfigureAwait(false);
        string json = GalleryJson.Indented(
            new
            {
                gallery = gallery.Address,
                gallery.Settings.Contract.Embedder,
                gallery.Settings.Contract.Contract,
                person = PersonDocument.Of(export.Person),
                references = export.References.Select(reference =>
                    ReferenceDocument.Of(
                        reference,
                        export.Crops.ContainsKey(reference.Id) ? CropFile(reference.Id) : null,
                        withVector: true
                    )
                ),
                history = export.History.Select(AuditDocument.Of),
            }
        );
        string file = Path.Combine(folder, "person.json");
        await PrivateFile.WriteAsync(file, Encoding.UTF8.GetBytes(json), stop).ConfigureAwait(false);
        Console.Out.WriteLine(
            $"{file}: {export.References.Count} references, {export.Crops.Count} crops, {export.History.Count} audit entries"
        );
        return (int)ExitCode.Done;
    }

    private static string CropFile(Guid reference) => $"{reference}.png";
}
