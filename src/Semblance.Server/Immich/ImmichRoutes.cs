using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Server.Foreign;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Immich;

/// <summary>
/// The machine learning that Immich asks for faces. It sends no key, so the routes are off unless the service listens on loopback or the
/// configuration names the network that Immich asks from.
/// </summary>
internal static class ImmichRoutes
{
    private const string Task = "facial-recognition";

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        IPNetwork[] networks = [.. parts.Options.ImmichNetworks.Select(network => IPNetwork.Parse(network))];
        bool local = parts.Options.Listen.All(text => ListenAddress.TryParse(text, out ListenAddress? address) && address.IsLoopback);
        RequiredRoles open = new(KeyRoles.None) { Open = true };
        routes
            .MapMethods("/ping", ["GET"], (HttpContext http) => http.Response.WriteAsync("pong", http.RequestAborted))
            .WithMetadata(open, ImmichErrors.Instance)
            .ExcludeFromDescription();
        routes
            .MapMethods("/predict", ["POST"], (HttpContext http) =>
            {
                if (!local && !IsFrom(http.Connection.RemoteIpAddress, networks))
                    throw new RequestException(
                        403,
                        "forbidden",
                        "this route knows no keys; the option immich-from names the networks it may be used from"
                    );
                return PredictAsync(http, parts);
            })
            .WithMetadata(open, ImmichErrors.Instance)
            .ExcludeFromDescription();
    }

    private static bool IsFrom(IPAddress? remote, IPNetwork[] networks)
    {
        if (remote is null)
            return false;
        IPAddress address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        return networks.Any(network => network.Contains(address));
    }

    private static async Task PredictAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        float? least = LeastScore(body);
        if (!body.Parts.Any(part => part.Name == "image"))
            throw RequestException.BadRequest("an image is needed: this service answers for facial-recognition alone");
        ImageAnalysis analysis = await new ForeignFaces(parts)
            .AnalyzeAsync(
                parts.Galleries.All[0],
                body.Picture("image"),
                FaceFeatures.Embedding,
                WithoutFace.AnswerNone,
                http.RequestAborted
            )
            .ConfigureAwait(false);
        JsonArray faces = [];
        foreach (AnalyzedFace face in analysis.Faces!.Where(face => least is null || face.Score >= least))
            faces.Add(
                new JsonObject
                {
                    ["boundingBox"] = new JsonObject
                    {
                        ["x1"] = face.Box.X,
                        ["y1"] = face.Box.Y,
                        ["x2"] = face.Box.Right,
                        ["y2"] = face.Box.Bottom,
                    },
                    ["embedding"] = Text(face.Embedding!.Vector.Span),
                    ["score"] = face.Score,
                }
            );
        await ServiceJson
            .WriteAsync(
                http,
                new JsonObject
                {
                    [Task] = faces,
                    ["imageHeight"] = analysis.Height,
                    ["imageWidth"] = analysis.Width,
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Reads <c>entries</c>: which task, which models, which lowest score.</summary>
    private static float? LeastScore(RequestBody body)
    {
        try
        {
            if (body.Text("entries") is not { } text)
                throw Malformed("'entries' is missing");
            JsonElement root = BodyJson.Parse(Encoding.UTF8.GetBytes(text), body.JsonDepth);
            if (root.ValueKind != JsonValueKind.Object)
                throw Malformed("'entries' is an object of tasks");
            foreach (JsonProperty task in root.EnumerateObject())
                if (task.Name != Task)
                    throw Malformed($"the task '{task.Name}' is not served here, only {Task}");
            if (
                !root.TryGetProperty(Task, out JsonElement asked)
                || asked.ValueKind != JsonValueKind.Object
                || !asked.TryGetProperty("detection", out JsonElement detection)
                || detection.ValueKind != JsonValueKind.Object
            )
                throw Malformed($"'entries' asks for {Task} with a detection");
            return
                detection.TryGetProperty("options", out JsonElement options)
                && options.ValueKind == JsonValueKind.Object
                && options.TryGetProperty("minScore", out JsonElement score)
                && score.ValueKind == JsonValueKind.Number
                ? score.GetSingle()
                : null;
        }
        catch (JsonException)
        {
            throw Malformed("'entries' is no JSON");
        }
    }

    private static RequestException Malformed(string message) => new(422, "bad-request", message);

    private static string Text(ReadOnlySpan<float> vector)
    {
        StringBuilder text = new("[");
        for (int i = 0; i < vector.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(vector[i].ToString("R", CultureInfo.InvariantCulture));
        return text.Append(']').ToString();
    }
}
