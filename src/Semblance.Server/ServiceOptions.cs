using System.Net;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Server.Hosting;

namespace Semblance.Server;

/// <summary>All settings of the service. Checked as a whole before anything is opened: <see cref="FindProblems"/>.</summary>
public sealed record ServiceOptions
{
    /// <summary>Where it listens when nothing is said: loopback, port 8080.</summary>
    public const string DefaultListen = "127.0.0.1:8080";

    /// <summary>Requests that wait for a worker, for each worker, when nothing is said.</summary>
    public const int DefaultQueuePerWorker = 16;

    /// <summary>Days that the access log is kept when nothing is said.</summary>
    public const int DefaultAccessLogDays = 90;

    /// <summary>Of a photograph as telephones take it.</summary>
    private const long PixelsPerWorker = 12_000_000;

    /// <summary>Addresses to listen at: <c>ADDRESS:PORT</c>; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [DefaultListen];

    /// <summary>The galleries that are served; at least one.</summary>
    public IReadOnlyList<ServedStore> Stores { get; init; } = [];

    /// <summary>File with the keys; null serves without keys, on loopback only.</summary>
    public string? KeysFile { get; init; }

    /// <summary>Whether a public address may be served without keys.</summary>
    public KeylessService Keyless { get; init; } = KeylessService.LoopbackOnly;

    /// <summary>Names that the Host header may carry; empty allows the addresses listened at and, with keys, any.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Pictures that are worked on at the same time, each decoded and run through the networks on a worker of its own.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Requests that wait for a worker at most; null for <see cref="DefaultQueuePerWorker"/> for each worker.</summary>
    public int? Queue { get; init; }

    /// <summary>What a request may bring.</summary>
    public RequestLimits Limits { get; init; } = new();

    /// <summary>Requests a minute of each key that has no rate of its own, and of all together where there are no keys; null for any
    /// number.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Rate of false matches of comparisons when a request names none.</summary>
    public double FalseMatchRate { get; init; } = MatchOptions.DefaultFalseMatchRate;

    /// <summary>Rate of strangers who get a name in searches when a request names none.</summary>
    public double FalsePositiveIdentificationRate { get; init; } = IdentifyOptions.DefaultFalsePositiveIdentificationRate;

    /// <summary>What is switched off by policy: names of features, <c>attributes</c> for all attributes, <c>identification</c>.</summary>
    public IReadOnlyList<string> Disabled { get; init; } = [];

    /// <summary>Consent reference for enrolments of other systems' clients that cannot name one; null refuses where the gallery needs
    /// one.</summary>
    public string? DefaultConsent { get; init; }

    /// <summary>Whether galleries made by the service keep aligned crops.</summary>
    public CropPolicy Crops { get; init; } = CropPolicy.None;

    /// <summary>Days that unknown faces of searches are kept in groups after their last sighting; null keeps none.</summary>
    public int? StrangerDays { get; init; }

    /// <summary>Folder of the access log; null keeps none.</summary>
    public string? AccessLog { get; init; }

    /// <summary>Days that the access log is kept.</summary>
    public int AccessLogDays { get; init; } = DefaultAccessLogDays;

    /// <summary>File in which settings changed by <c>PUT /v1/settings</c> are kept; null forgets them with the process.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Networks (CIDR) that Immich's routes, which know no keys, may be used from; empty: loopback only.</summary>
    public IReadOnlyList<string> ImmichNetworks { get; init; } = [];

    /// <summary>Where DeepFace's routes stand: <c>/</c> or a prefix such as <c>/deepface</c>.</summary>
    public string DeepFacePrefix { get; init; } = "/";

    /// <summary>Whom events are sent to.</summary>
    public IReadOnlyList<Events.WebhookTarget> Webhooks { get; init; } = [];

    /// <summary>Address of an OpenTelemetry collector (OTLP); null sends nothing.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>How log lines are written.</summary>
    public LogFormat Log { get; init; } = LogFormat.Text;

    /// <summary>How long a stopping service waits for requests that have begun.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Places in the queue.</summary>
    internal int QueueLength => Queue ?? DefaultQueuePerWorker * Workers;

    /// <summary>Pixels of all pictures that are worked on at one time.</summary>
    internal long PixelsTogether => Limits.PixelsTogether ?? Math.Max(Limits.Pixels, PixelsPerWorker * Workers);

    /// <summary>Everything that is wrong, each in words with the option's name; empty when nothing is.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        if (Listen.Count == 0)
            problems.Add("listen names no address");
        foreach (string address in Listen)
            if (ListenAddress.TryParse(address, out ListenAddress? parsed))
            {
                if (KeysFile is null && Keyless == KeylessService.LoopbackOnly && !parsed.IsLoopback)
                    problems.Add($"listen is {address}, which others can reach, and there are no keys");
            }
            else
                problems.Add($"listen is '{address}'; an address and a port such as {DefaultListen} are expected");
        if (Stores.Count == 0)
            problems.Add("store names no gallery");
        foreach (IGrouping<string, ServedStore> same in Stores.GroupBy(store => store.Name).Where(group => group.Count() > 1))
            problems.Add($"store names '{same.Key}' {same.Count()} times");
        foreach (ServedStore store in Stores.Where(store => !ServedStore.IsName(store.Name)))
            problems.Add($"store '{store.Name}' is no name of a gallery: letters, digits, '-' and '_' are possible");
        if (KeysFile is not null && !File.Exists(KeysFile))
            problems.Add($"keys names {KeysFile}, which is not there");
        if (Workers is < 1 or > 1024)
            problems.Add($"workers is {Workers}, 1 to 1024 are possible");
        if (Queue is < 0 or > 100_000)
            problems.Add($"queue is {Queue}, 0 to 100000 are possible");
        if (RequestsPerMinute is < 1)
            problems.Add($"rate is {RequestsPerMinute} requests a minute, at least 1 is needed");
        problems.AddRange(Limits.FindProblems());
        if (!(FalseMatchRate is > 0 and < 1))
            problems.Add($"fmr is {FalseMatchRate}, a rate lies between 0 and 1");
        if (!(FalsePositiveIdentificationRate is > 0 and < 1))
            problems.Add($"fpir is {FalsePositiveIdentificationRate}, a rate lies between 0 and 1");
        foreach (string name in Disabled.Where(name => !Policy.Names.Contains(name)))
            problems.Add($"disable names '{name}'; known are {string.Join(", ", Policy.Names)}");
        if (StrangerDays is < 1)
            problems.Add($"strangers is {StrangerDays} days, at least 1 is needed");
        if (AccessLogDays < 1)
            problems.Add($"access-log-days is {AccessLogDays}, at least 1 is needed");
        foreach (string network in ImmichNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            problems.Add($"immich-from is '{network}'; a network such as 192.168.1.0/24 is expected");
        if (DeepFacePrefix is not ['/', ..] || DeepFacePrefix.Contains('{', StringComparison.Ordinal))
            problems.Add($"deepface-prefix is '{DeepFacePrefix}'; it starts with /");
        foreach (Events.WebhookTarget target in Webhooks)
            problems.AddRange(target.FindProblems());
        return problems;
    }

    /// <summary>Checks all settings.</summary>
    /// <exception cref="ArgumentException">Something is wrong; all of it is named.</exception>
    public void Validate()
    {
        IReadOnlyList<string> problems = FindProblems();
        if (problems.Count > 0)
            throw new ArgumentException("wrong settings: " + string.Join("; ", problems));
    }
}

/// <summary>Whether a service without keys may be reached from elsewhere.</summary>
public enum KeylessService
{
    /// <summary>Only from the same machine.</summary>
    LoopbackOnly,

    /// <summary>From anywhere: whoever reaches the address may do everything.</summary>
    Anywhere,
}

/// <summary>Whether galleries made by the service keep aligned crops.</summary>
public enum CropPolicy
{
    /// <summary>No picture is kept.</summary>
    None,

    /// <summary>The aligned crop of every reference is kept.</summary>
    Keep,
}

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>One readable line each.</summary>
    Text,

    /// <summary>One JSON object each.</summary>
    Json,
}
