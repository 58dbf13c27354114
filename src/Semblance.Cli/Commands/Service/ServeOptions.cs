using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Cli.Commands.Gallery;
using Semblance.Files;
using Semblance.Gallery.Privacy;
using Semblance.Models;
using Semblance.Server;
using Semblance.Server.Events;

namespace Semblance.Cli.Commands.Service;

/// <summary>The options of the service, by command line, environment and file alike.</summary>
internal static class ServeOptions
{
    private const long LargestFile = 1 << 20;

    private static readonly Option<string[]> Listen = Many(
        "--listen",
        "ADDRESS:PORT",
        $"Where to listen; port 0 takes a free one. [default: {ServiceOptions.DefaultListen}]"
    );
    private static readonly Option<string[]> Store = Many(
        "--store",
        "[NAME=]ADDRESS",
        "A gallery to serve: a file (people.db, or sqlite:FILE) or postgres://…; may be repeated with names. Made where there is none. "
            + "[default: sqlite:people.db in the user's folder of semblance]"
    );
    private static readonly Option<bool> Insecure = new("--insecure")
    {
        Description = "Serve a public address without keys: whoever reaches it may do everything.",
    };
    private static readonly Option<string[]> Hosts = Many(
        "--hosts",
        "NAME",
        "Names that requests may call this service by, e.g. faces.example.org."
    );
    private static readonly Option<int?> Workers = new("--workers")
    {
        Description = "Pictures worked on at the same time. [default: --threads]",
        HelpName = "N",
    };
    private static readonly Option<int?> Queue = new("--queue")
    {
        Description =
            $"Requests that wait for a worker; beyond it clients are told to come back. [default: "
            + $"{ServiceOptions.DefaultQueuePerWorker} for each worker]",
        HelpName = "N",
    };
    private static readonly Option<int?> Rate = new("--rate")
    {
        Description = "Requests a minute of each key that has no rate of its own; without keys, of all together. [default: any number]",
        HelpName = "N",
    };
    private static readonly Option<double?> Fmr = new("--fmr")
    {
        Description = "False match rate where a request names none. [default: 1e-4]",
        HelpName = "RATE",
    };
    private static readonly Option<double?> Fpir = new("--fpir")
    {
        Description = "Rate of strangers who get a name in searches where a request names none. [default: 1e-2]",
        HelpName = "RATE",
    };
    private static readonly Option<string[]> Disable = Many(
        "--disable",
        "NAME",
        "What is switched off: age, gender, emotion, pose, landmarks, liveness, attributes (the first three), identification."
    );
    private static readonly Option<string?> Consent = new("--default-consent")
    {
        Description = "Consent reference for enrolments through other systems' routes that bring none.",
        HelpName = "REFERENCE",
    };
    private static readonly Option<bool> KeepCrops = new("--keep-crops")
    {
        Description = "Galleries that are made keep aligned crops, for covers and re-embedding.",
    };
    private static readonly Option<int?> Strangers = new("--strangers")
    {
        Description = "Keep unknown faces of searches in groups, so many days after their last sighting. [default: kept nowhere]",
        HelpName = "DAYS",
    };
    private static readonly Option<string?> AccessLog = new("--access-log")
    {
        Description = "Folder for the log of searches and look-ups; 'none' keeps none. [default: access in the user's folder of semblance]",
        HelpName = "DIR",
    };
    private static readonly Option<int?> AccessLogDays = new("--access-log-days")
    {
        Description = $"Days to keep it. [default: {ServiceOptions.DefaultAccessLogDays}]",
        HelpName = "N",
    };
    private static readonly Option<string?> SettingsFile = new("--settings")
    {
        Description = "File for settings that are changed while the service runs; without it a restart forgets them.",
        HelpName = "FILE",
    };
    private static readonly Option<string[]> ImmichFrom = Many(
        "--immich-from",
        "CIDR",
        "Networks that Immich's route may be used from, since Immich sends no key. [default: this machine]"
    );
    private static readonly Option<string?> DeepFacePrefix = new("--deepface-prefix")
    {
        Description = "Where DeepFace's routes stand. [default: /]",
        HelpName = "PATH",
    };
    private static readonly Option<string?> Webhooks = new("--webhooks")
    {
        Description =
            "JSON file with targets of events: [{\"url\": \"https://…\", \"secret\": \"…\", \"events\": [\"unknown\"], \"gallery\": "
            + "\"…\"}].",
        HelpName = "FILE",
    };
    private static readonly Option<string?> Telemetry = new("--telemetry")
    {
        Description = "OpenTelemetry collector (OTLP) to send metrics and traces to.",
        HelpName = "URL",
    };
    private static readonly Option<string?> Log = new("--log")
    {
        Description = "Log lines: text or json. [default: text]",
        HelpName = "text|json",
    };

    public static readonly Option<string?> Keys = new("--keys")
    {
        Description = "File with keys, made by 'semblance keys create'; without it the service listens on loopback alone.",
        HelpName = "FILE",
    };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    public static IReadOnlyList<Option> All { get; } =
    [
        Listen,
        Store,
        GalleryAccess.KeyFile,
        Keys,
        Insecure,
        Hosts,
        Workers,
        Queue,
        Rate,
        .. LimitOptions.All,
        Fmr,
        Fpir,
        Disable,
        Consent,
        KeepCrops,
        Strangers,
        AccessLog,
        AccessLogDays,
        SettingsFile,
        ImmichFrom,
        DeepFacePrefix,
        Webhooks,
        Telemetry,
        Log,
    ];

    /// <summary>The settings of the service.</summary>
    /// <param name="settings">Where they come from.</param>
    /// <param name="problems">Takes everything that cannot be read; the default stands in its place.</param>
    public static ServiceOptions Of(Settings settings, List<string> problems)
    {
        SettingsReader read = new(settings, problems);
        EncryptionKey? key = read.Of(() => GalleryAccess.KeyOf(settings), null);
        string[] stores = read.Words(Store) ?? [$"sqlite:{Path.Combine(ModelCatalog.Home, "people.db")}"];
        return new()
        {
            Listen = read.Words(Listen) ?? [ServiceOptions.DefaultListen],
            Stores = read.Of(
                () =>
                    (IReadOnlyList<ServedStore>)
                        [
                            .. stores
                                .Select(ServedStore.Parse)
                                .Select(store => store with { Address = StoreAddress.Of(store.Address), Key = key }),
                        ],
                []
            ),
            KeysFile = read.Get(Keys),
            Keyless = read.Get(Insecure) ? KeylessService.Anywhere : KeylessService.LoopbackOnly,
            Hosts = read.Words(Hosts) ?? [],
            Workers = read.Get(Workers) ?? read.Of(() => settings.Threads, Environment.ProcessorCount),
            Queue = read.Get(Queue),
            RequestsPerMinute = read.Get(Rate),
            Limits = LimitOptions.Of(read),
            FalseMatchRate = read.Get(Fmr) ?? Matching.MatchOptions.DefaultFalseMatchRate,
            FalsePositiveIdentificationRate = read.Get(Fpir)
                ?? Semblance.Gallery.Identifying.IdentifyOptions.DefaultFalsePositiveIdentificationRate,
            Disabled = read.Words(Disable) ?? [],
            DefaultConsent = read.Get(Consent),
            Crops = read.Get(KeepCrops) ? CropPolicy.Keep : CropPolicy.None,
            StrangerDays = read.Get(Strangers),
            AccessLog = read.Get(AccessLog) switch
            {
                "none" => null,
                { Length: > 0 } folder => folder,
                _ => Path.Combine(ModelCatalog.Home, "access"),
            },
            AccessLogDays = read.Get(AccessLogDays) ?? ServiceOptions.DefaultAccessLogDays,
            SettingsFile = read.Get(SettingsFile),
            ImmichNetworks = read.Words(ImmichFrom) ?? [],
            DeepFacePrefix = read.Get(DeepFacePrefix) ?? "/",
            Webhooks = read.Get(Webhooks) is { } file ? read.Of(() => ReadWebhooks(file), []) : [],
            Telemetry = read.Get(Telemetry) is { } url
                ? Uri.TryCreate(url, UriKind.Absolute, out Uri? collector)
                    ? collector
                    : read.Wrong<Uri?>($"--telemetry is '{url}', which is no address", null)
                : null,
            Log = read.Get(Log) switch
            {
                null or "text" => LogFormat.Text,
                "json" => LogFormat.Json,
                { } word => read.Wrong($"--log is '{word}'; text and json are known", LogFormat.Text),
            },
        };
    }

    private static Option<string[]> Many(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };

    private static WebhookTarget[] ReadWebhooks(string file)
    {
        try
        {
            return
                JsonSerializer.Deserialize<WebhookTarget[]>(RegularFile.ReadAllBytes(file, LargestFile), Json) is { } targets
                && !targets.Contains(null)
                ? targets
                : throw new JsonException("a list of targets was expected, and none of them null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"--webhooks {file} cannot be read: {e.Message}");
        }
    }
}
