using System.CommandLine;
using Semblance.Gallery;

namespace Semblance.Cli.Commands.Gallery;

/// <summary><c>gallery create</c>: makes a gallery.</summary>
internal static class CreateGalleryCommand
{
    private static readonly Option<bool> RequireConsent = new("--require-consent")
    {
        Description = "Enrol nobody without a consent reference.",
    };
    private static readonly Option<bool> KeepCrops = new("--keep-crops")
    {
        Description = "Keep the aligned 112x112 crops, so that another embedder can be taken later. No picture is kept otherwise.",
    };
    private static readonly Option<bool> Encrypt = new("--encrypt")
    {
        Description = $"Encrypt references and crops (AES-256-GCM) with the key of --key-file or {GalleryAccess.KeyVariable}.",
    };

    public static Command Create()
    {
        Command command = new Command(
            "create",
            "Makes an empty gallery.\n\nExample: semblance gallery create --store sqlite:people.db --require-consent --encrypt "
                + "--key-file people.key"
        )
        {
            RequireConsent,
            KeepCrops,
            Encrypt,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        }.WithStore();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Settings settings = new(parsed);
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        GallerySettings wanted = new()
        {
            Contract = GalleryContract.Of(analyzer.Embedder),
            RequireConsent = parsed.GetValue(RequireConsent),
            KeepCrops = parsed.GetValue(KeepCrops),
            Encrypted = parsed.GetValue(Encrypt),
        };
        await using FaceGallery gallery = await FaceGallery
            .CreateAsync(
                GalleryAccess.Stores,
                GalleryAccess.AddressOf(settings),
                wanted,
                new() { Key = GalleryAccess.KeyOf(settings) },
                cancellationToken: stop
            )
            .ConfigureAwait(false);
        Console.Out.WriteLine(
            $"created {gallery.Address} for {wanted.Contract.Embedder}: "
                + $"{(wanted.RequireConsent ? "consent required" : "consent not required")}, "
                + $"{(wanted.KeepCrops ? "crops kept" : "no pictures kept")}, {(wanted.Encrypted ? "encrypted" : "not encrypted")}"
        );
        return (int)ExitCode.Done;
    }
}
