using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Routes about the service: models, limits, galleries, settings.</summary>
internal static class ServiceRoutes
{
    private static readonly double[] ShownRates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6];

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        routes.Route(
            "GET",
            "/v1/models",
            KeyRoles.None,
            "The models in use and the others that are installed",
            new(
                BodyKind.None,
                [],
                """
                {"detector":"retinaface-wider","embedder":{"id":"mobilefacenet-512","contract":"…","dimension":512,
                "thresholds":[{"falseMatchRate":0.0001,"threshold":0.2155}]},"features":["quality","age"],"models":[]}
                """
            ),
            ModelsAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/limits",
            KeyRoles.None,
            "What a request may bring, and what the key may do",
            new(
                BodyKind.None,
                [],
                """
                {"pictureBytes":10485760,"requestBytes":67108864,"pixels":40000000,"parts":256,"key":{"id":"…","name":"door",
                "roles":["identify"]}}
                """
            ),
            LimitsAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/galleries",
            KeyRoles.None,
            "The galleries that the key may use",
            new(
                BodyKind.None,
                [],
                """
                {"galleries":[{"name":"default","people":3,"references":7,"requireConsent":false,"keepCrops":false,"encrypted":false,
                "embedder":"mobilefacenet-512"}]}
                """
            ),
            GalleriesAsync,
            parts
        );
        routes.Route(
            "GET",
            "/v1/settings",
            KeyRoles.None,
            "Rates that hold where a request says nothing, and what is switched off",
            new(
                BodyKind.None,
                [],
                """
                {"falseMatchRate":0.0001,"falsePositiveIdentificationRate":0.01,"compreFaceNamesNearest":false,"disabled":[],
                "features":["quality"],"identification":true,"kept":false}
                """
            ),
            SettingsAsync,
            parts
        );
        routes.Route(
            "PUT",
            "/v1/settings",
            KeyRoles.Admin,
            "Changes rates; members that are absent stay",
            new(BodyKind.Json, [], null) { BodyExample = """{"falseMatchRate":0.0001,"falsePositiveIdentificationRate":0.01}""" },
            ChangeSettingsAsync,
            parts
        );
    }

    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(ServiceRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static Task ModelsAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        FaceAnalyzer analyzer = served.Analyzer;
        ThresholdTable? table = analyzer.Matcher.Thresholds;
        return http.Answer(
            new
            {
                version = Version,
                detector = analyzer.Detector.Id,
                embedder = new
                {
                    id = analyzer.Embedder.Id,
                    contract = analyzer.Embedder.Contract,
                    dimension = analyzer.Embedder.Dimension,
                    smallestRate = table?.SmallestRate,
                    largestRate = table?.LargestRate,
                    thresholds = table is null ? null : Thresholds(table),
                },
                features = parts.Policy.Allowed,
                models = ModelCatalog
                    .Default.List()
                    .Select(model => new
                    {
                        id = model.Id,
                        kinds = model.Manifest.Kinds,
                        license = model.Manifest.License,
                        commercialUse = model.Manifest.CommercialUse,
                        origin = model.Manifest.Origin,
                        trainingData = model.Manifest.TrainingData,
                    }),
            }
        );
    }

    private static IEnumerable<object> Thresholds(ThresholdTable table) =>
        ShownRates
            .Where(rate => rate >= table.SmallestRate && rate <= table.LargestRate)
            .Select(rate => new { falseMatchRate = rate, threshold = Math.Round(table.ThresholdFor(rate), 4) });

    private static Task LimitsAsync(HttpContext http, ServiceParts parts)
    {
        RequestLimits limits = parts.Options.Limits;
        Caller caller = KeyCheck.CallerOf(http);
        return http.Answer(
            new
            {
                pictureBytes = limits.PictureBytes,
                requestBytes = limits.RequestBytes,
                pixels = limits.Pixels,
                pixelsTogether = parts.Options.PixelsTogether,
                parts = limits.Parts,
                jsonDepth = limits.JsonDepth,
                textBytes = limits.TextBytes,
                faces = limits.Faces,
                pageSize = limits.PageSize,
                workers = parts.Options.Workers,
                queue = parts.Options.QueueLength,
                key = new
                {
                    id = caller.Id,
                    name = caller.Name,
                    roles = RoleNames.Of(caller.Roles),
                    gallery = caller.Gallery,
                    requestsPerMinute = caller.RequestsPerMinute ?? parts.Options.RequestsPerMinute,
                },
                keys = parts.Keys.IsLocked,
            }
        );
    }

    private static async Task GalleriesAsync(HttpContext http, ServiceParts parts)
    {
        string? bound = KeyCheck.CallerOf(http).Gallery;
        List<object> galleries = [];
        foreach (ServedGallery served in parts.Galleries.All.Where(gallery => bound is null || gallery.Name == bound))
        {
            GalleryStatistics statistics = await served.Gallery.GetStatisticsAsync(http.RequestAborted).ConfigureAwait(false);
            GallerySettings settings = served.Gallery.Settings;
            galleries.Add(
                new
                {
                    name = served.Name,
                    people = statistics.Counts.People,
                    expiredPeople = statistics.Counts.ExpiredPeople,
                    references = statistics.Counts.References,
                    requireConsent = settings.RequireConsent,
                    keepCrops = settings.KeepCrops,
                    encrypted = settings.Encrypted,
                    embedder = settings.Contract.Embedder,
                    contract = settings.Contract.Contract,
                    needsUpgrade = served.NeedsUpgrade ? true : (bool?)null,
                    smallestFalsePositiveIdentificationRate = statistics.SmallestFalsePositiveIdentificationRate,
                }
            );
        }
        await http.Answer(new { galleries }).ConfigureAwait(false);
    }

    private static Task SettingsAsync(HttpContext http, ServiceParts parts) => AnswerSettingsAsync(http, parts, parts.Settings.Current);

    private static async Task ChangeSettingsAsync(HttpContext http, ServiceParts parts)
    {
        if (KeyCheck.CallerOf(http) is { Gallery: { } bound } caller)
            throw new RequestException(
                403,
                "forbidden",
                $"the key '{caller.Name}' is for the gallery '{bound}' alone, and settings hold for all galleries"
            );
        if (await parts.Bodies.ReadJsonAsync(http).ConfigureAwait(false) is not { ValueKind: JsonValueKind.Object } body)
            throw RequestException.BadRequest("a JSON object with what is to change is expected");
        ServiceSettings changed = parts.Settings.Change(settings =>
        {
            foreach (JsonProperty member in body.EnumerateObject())
                settings = member.Name switch
                {
                    "falseMatchRate" => settings with { FalseMatchRate = Number(member) },
                    "falsePositiveIdentificationRate" => settings with { FalsePositiveIdentificationRate = Number(member) },
                    "compreFaceNamesNearest" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False => settings with
                    {
                        CompreFaceNamesNearest = member.Value.GetBoolean(),
                    },
                    _ => throw RequestException.BadRequest($"'{member.Name}' cannot be changed here, or not to that"),
                };
            return settings;
        });
        await AnswerSettingsAsync(http, parts, changed).ConfigureAwait(false);
    }

    private static double Number(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Number
            ? member.Value.GetDouble()
            : throw RequestException.BadRequest($"'{member.Name}' is a number");

    private static Task AnswerSettingsAsync(HttpContext http, ServiceParts parts, ServiceSettings settings) =>
        http.Answer(
            new
            {
                falseMatchRate = settings.FalseMatchRate,
                falsePositiveIdentificationRate = settings.FalsePositiveIdentificationRate,
                compreFaceNamesNearest = settings.CompreFaceNamesNearest,
                disabled = parts.Options.Disabled,
                features = parts.Policy.Allowed,
                identification = parts.Policy.Identifies,
                strangers = new { enabled = parts.Options.StrangerDays is not null, days = parts.Options.StrangerDays },
                kept = parts.Settings.IsKept,
            }
        );
}
