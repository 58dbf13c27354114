using System.CommandLine;
using System.Globalization;
using Semblance.Gallery.Enrolling;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>The options of enrol and import: consent, expiry, quality gate.</summary>
internal static class EnrolmentChoices
{
    public static readonly Option<string?> Consent = new("--consent")
    {
        Description = "Where the consent is documented.",
        HelpName = "REFERENCE",
    };

    public static readonly Option<string?> Expires = new("--expires")
    {
        Description = "When to forget: a date (2031-12-31), a time, or a number of days (90d).",
        HelpName = "WHEN",
    };

    public static readonly Option<string> Face = VerifyCommand.Choice(
        "--face",
        "Which face where there are several: only (refuse pictures with several of similar size), largest, or center.",
        "only",
        "only",
        "largest",
        "center"
    );

    public static readonly Option<bool> AnyQuality = new("--any-quality") { Description = "Enrol small, blurred and turned faces too." };

    public static readonly Option<double?> MinSize = new("--min-size")
    {
        Description = $"Fewest pixels across the face. [default: {QualityGate.DefaultMinimumSize}]",
        HelpName = "PX",
    };

    public static readonly Option<double?> MinSharpness = new("--min-sharpness")
    {
        Description = FormattableString.Invariant(
            $"Lowest sharpness; most photographs have 0.09 or more. [default: {QualityGate.DefaultMinimumSharpness}]"
        ),
        HelpName = "S",
    };

    public static readonly Option<double?> MaxTurn = new("--max-turn")
    {
        Description = FormattableString.Invariant(
            $"Farthest turn; 0 is frontal, profiles have 0.34 in the median. [default: {QualityGate.DefaultMaximumTurn}]"
        ),
        HelpName = "T",
    };

    public static IReadOnlyList<Option> All { get; } =
    [
        Consent,
        Expires,
        Face,
        AnyQuality,
        MinSize,
        MinSharpness,
        MaxTurn,
        AnalyzerOptions.Embedder,
        AnalyzerOptions.Flip,
        .. AnalyzerOptions.ForDetection,
    ];

    public static PhotoReader Reader(Settings settings, OpenGallery open) => new(open.Analyzer, Reading(settings, open));

    public static PhotoReaderOptions Reading(Settings settings, OpenGallery open)
    {
        QualityGate gate = settings.Get(AnyQuality, false) ? QualityGate.Open : QualityGate.Default;
        return new()
        {
            Gate = gate with
            {
                MinimumSize = settings.Get(MinSize, null) ?? gate.MinimumSize,
                MinimumSharpness = settings.Get(MinSharpness, null) ?? gate.MinimumSharpness,
                MaximumTurn = settings.Get(MaxTurn, null) ?? gate.MaximumTurn,
            },
            Face = settings.Get(Face, "only") switch
            {
                "largest" => FaceChoice.Largest,
                "center" => FaceChoice.Center,
                _ => FaceChoice.Only,
            },
            KeepCrops = open.Gallery.Settings.KeepCrops,
            Decoding = AnalyzerOptions.Decoding(settings),
        };
    }

    public static DateTimeOffset? ExpiryOf(Settings settings) =>
        settings.Get(Expires, null) is { Length: > 0 } text ? ExpiryOf(text) : null;

    /// <exception cref="UsageException">The text is neither a time to come nor a number of days.</exception>
    public static DateTimeOffset ExpiryOf(string text)
    {
        if (text[^1] == 'd' && int.TryParse(text[..^1], CultureInfo.InvariantCulture, out int days) && days > 0)
            return DateTimeOffset.UtcNow.AddDays(days);
        DateTimeOffset time = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset parsed
        )
            ? parsed
            : throw new UsageException($"--expires {text}: a date such as 2031-12-31 or a number of days such as 90d is expected");
        return time > DateTimeOffset.UtcNow ? time : throw new UsageException($"--expires {text} is over");
    }

    /// <exception cref="UsageException">A pair has no key.</exception>
    public static Dictionary<string, string> MetadataOf(string[] pairs)
    {
        Dictionary<string, string> metadata = [];
        foreach (string pair in pairs)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UsageException($"--meta {pair}: KEY=VALUE is expected");
            metadata[pair[..equals]] = pair[(equals + 1)..];
        }
        return metadata;
    }
}
