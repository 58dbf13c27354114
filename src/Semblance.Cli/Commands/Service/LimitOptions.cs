using System.CommandLine;
using Semblance.Server;

namespace Semblance.Cli.Commands.Service;

/// <summary>What one request may bring, as options.</summary>
internal static class LimitOptions
{
    private const long PixelsPerMegapixel = 1_000_000;
    private static readonly RequestLimits Defaults = new();

    private static readonly Option<long?> PictureBytes = Number("--picture-bytes", "Bytes of one encoded picture.", Defaults.PictureBytes);
    private static readonly Option<long?> RequestBytes = Number("--request-bytes", "Bytes of one request.", Defaults.RequestBytes);
    private static readonly Option<long?> BodyBytes = Number(
        "--body-bytes",
        "Bytes of all requests in memory at one time; beyond it clients are told to come back.",
        Defaults.BodyBytes
    );
    private static readonly Option<long?> Megapixels = Number(
        "--max-megapixels",
        "Refuse pictures with more, in megapixels, before decoding.",
        Defaults.Pixels / PixelsPerMegapixel
    );
    private static readonly Option<long?> MegapixelsTogether = new("--megapixels-together")
    {
        Description =
            "Megapixels of all pictures that are worked on at one time; the others wait. "
            + "[default: one picture of --max-megapixels, or 12 for each worker]",
        HelpName = "N",
    };
    private static readonly Option<long?> Faces = Number(
        "--max-faces",
        "Faces of one picture that are embedded or described; a picture with more is refused.",
        Defaults.Faces
    );
    private static readonly Option<long?> Parts = Number("--max-parts", "Parts of one form, and pictures of one request.", Defaults.Parts);

    public static IReadOnlyList<Option> All { get; } =
    [PictureBytes, RequestBytes, BodyBytes, Megapixels, MegapixelsTogether, Faces, Parts];

    /// <summary>The limits that are set.</summary>
    public static RequestLimits Of(SettingsReader read) =>
        Defaults with
        {
            PictureBytes = read.Get(PictureBytes) ?? Defaults.PictureBytes,
            RequestBytes = read.Get(RequestBytes) ?? Defaults.RequestBytes,
            BodyBytes = read.Get(BodyBytes) ?? Defaults.BodyBytes,
            Pixels = read.Get(Megapixels) is { } megapixels ? Times(megapixels) : Defaults.Pixels,
            PixelsTogether = read.Get(MegapixelsTogether) is { } together ? Times(together) : null,
            Faces = Small(read.Get(Faces)) ?? Defaults.Faces,
            Parts = Small(read.Get(Parts)) ?? Defaults.Parts,
        };

    private static Option<long?> Number(string name, string description, long standard) =>
        new(name) { Description = FormattableString.Invariant($"{description} [default: {standard}]"), HelpName = "N" };

    /// <summary>What is beyond a number's range is beyond every limit, and is said to be.</summary>
    private static int? Small(long? value) => value is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    private static long Times(long megapixels) =>
        megapixels > long.MaxValue / PixelsPerMegapixel ? long.MaxValue : Math.Max(megapixels, 0) * PixelsPerMegapixel;
}
