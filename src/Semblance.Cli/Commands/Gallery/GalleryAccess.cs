using System.CommandLine;
using Semblance.Cli.Output;
using Semblance.Gallery;
using Semblance.Gallery.Postgres;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The options that say which gallery, and how it is opened.</summary>
internal static class GalleryAccess
{
    /// <summary>Holds the key itself, so that it stands on no command line.</summary>
    public const string KeyVariable = "SEMBLANCE_GALLERY_KEY";

    public static readonly Option<string?> Store = new("--store")
    {
        Description = "The gallery: a file (people.db, or sqlite:FILE), or postgres://USER@HOST/DATABASE?schema=NAME.",
        HelpName = "ADDRESS",
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = $"File with the key of an encrypted gallery, 64 hexadecimal digits or base64; else {KeyVariable}.",
        HelpName = "FILE",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "One JSON document, or one line an item." };

    public static readonly Argument<string> Person = new("PERSON") { Description = "Id or name." };

    /// <summary>The kinds of stores that this program knows.</summary>
    public static GalleryStores Stores { get; } = new(new SqliteStoreProvider(), new PostgresGalleryProvider());

    /// <summary>References from which on loading takes long enough to be shown.</summary>
    private const long WorthShowing = 50_000;

    /// <summary>Adds the options that every command of a gallery takes.</summary>
    public static Command WithStore(this Command command)
    {
        command.Options.Add(Store);
        command.Options.Add(KeyFile);
        return command;
    }

    public static string AddressOf(Settings settings) =>
        settings.Get(Store, null) is { Length: > 0 } address
            ? StoreAddress.Of(address)
            : throw new UsageException("--store is missing; say which gallery, e.g. --store sqlite:people.db");

    public static EncryptionKey? KeyOf(Settings settings)
    {
        if (settings.Get(KeyFile, null) is { } file)
        {
            WarnOfReaders(file);
            return EncryptionKey.FromFile(file);
        }
        return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } text ? EncryptionKey.Parse(text, KeyVariable) : null;
    }

    /// <summary>Opens a gallery for looking at what is held.</summary>
    public static async Task<FaceGallery> OpenAsync(Settings settings, CancellationToken stop)
    {
        return await FaceGallery
            .OpenAsync(Stores, AddressOf(settings), new() { Key = KeyOf(settings) }, cancellationToken: stop)
            .ConfigureAwait(false);
    }

    /// <summary>Opens a gallery for comparing faces: with the analyzer of its embedder, unless another is asked for.</summary>
    public static async Task<OpenGallery> OpenWithAnalyzerAsync(Settings settings, CancellationToken stop)
    {
        LoadProgress progress = new("loading references", WorthShowing, settings.Quiet);
        IGalleryStore store = await Stores
            .OpenAsync(AddressOf(settings), new() { Key = KeyOf(settings), Progress = progress }, stop)
            .ConfigureAwait(false);
        return With(settings, store);
    }

    /// <summary>Opens a gallery, or makes one with the default settings where there is none.</summary>
    public static async Task<OpenGallery> OpenOrCreateAsync(Settings settings, CancellationToken stop)
    {
        try
        {
            return await OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false);
        }
        catch (GalleryNotFoundException)
        {
            FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
            try
            {
                return new(
                    await CreateAsync(settings, GalleryContract.Of(analyzer.Embedder), new() { Matcher = analyzer.Matcher }, stop)
                        .ConfigureAwait(false),
                    analyzer
                );
            }
            catch (GalleryExistsException)
            {
                // Another process was faster.
                analyzer.Dispose();
                return await OpenWithAnalyzerAsync(settings, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Makes a gallery with the default settings, encrypted where there is a key, and says so.</summary>
    public static async Task<FaceGallery> CreateAsync(
        Settings settings,
        GalleryContract contract,
        GalleryOptions? options,
        CancellationToken stop
    )
    {
        EncryptionKey? key = KeyOf(settings);
        FaceGallery gallery = await FaceGallery
            .CreateAsync(
                Stores,
                AddressOf(settings),
                new() { Contract = contract, Encrypted = key is not null },
                new() { Key = key },
                options,
                stop
            )
            .ConfigureAwait(false);
        if (!settings.Quiet)
            Messages.Hint(
                $"created {gallery.Address} for {contract.Embedder}, {(key is null ? "not encrypted" : $"encrypted with key {key.Id}")}, "
                    + $"no pictures kept ('gallery create' has the options)"
            );
        return gallery;
    }

    /// <summary>The person an argument names.</summary>
    /// <exception cref="PersonNotFoundException">There is nobody of that id or name.</exception>
    /// <exception cref="AmbiguousNameException">Several have the name.</exception>
    public static async Task<Person> ResolveAsync(FaceGallery gallery, string asked, CancellationToken stop)
    {
        if (Guid.TryParse(asked, out Guid id) && await gallery.FindAsync(id, stop).ConfigureAwait(false) is { } known)
            return known;
        IReadOnlyList<Person> named = await gallery.FindByNameAsync(asked, stop).ConfigureAwait(false);
        return named switch
        {
            [var only] => only,
            [] => throw new PersonNotFoundException(gallery.Address, asked)
            {
                Remedy = await SimilarNames.RemedyAsync(gallery, asked, stop).ConfigureAwait(false),
            },
            _ => throw new AmbiguousNameException(gallery.Address, asked, [.. named.Select(person => person.Id)]),
        };
    }

    /// <summary>Gives an erasure the time that it needs when the program is asked to end: it carries the receipt.</summary>
    public static IDisposable Erasing(FaceGallery gallery) =>
        StopSignals.Hold($"the erasure in {gallery.Address}; 'semblance gallery purge' finishes it");

    /// <summary>A key that others can read protects nothing from them.</summary>
    private static void WarnOfReaders(string keyFile)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (!OperatingSystem.IsWindows() && File.Exists(keyFile) && (File.GetUnixFileMode(keyFile) & Others) != 0)
            Messages.Warning($"other users of this machine can read the key file {keyFile}; chmod 600 makes it yours alone");
    }

    private static OpenGallery With(Settings settings, IGalleryStore store)
    {
        GalleryContract contract = store.Settings.Contract;
        FaceAnalyzer analyzer = AnalyzerOptions
            .Configure(settings)
            .UseEmbedder(settings.Get(AnalyzerOptions.Embedder, contract.Embedder))
            .UseEmbedding(
                new() { Flip = settings.Get(AnalyzerOptions.Flip, contract.Contract.EndsWith("+flip", StringComparison.Ordinal)) }
            )
            .Build();
        return new(
            new FaceGallery(
                store,
                new()
                {
                    Matcher = analyzer.Matcher,
                    Progress = new LoadProgress("comparing the gallery's own pairs", least: 5000, settings.Quiet),
                }
            ),
            analyzer
        );
    }
}
