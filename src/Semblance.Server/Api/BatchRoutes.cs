using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery.Identifying;
using Semblance.Imaging;
using Semblance.Server.Bodies;
using Semblance.Server.Failures;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary>Many pictures in one request, answered as JSON Lines in their order while the rest is worked on.</summary>
internal static class BatchRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts)
    {
        routes.Route(
            "POST",
            "/v1/batch/analyze",
            KeyRoles.Analyse,
            "Describes many pictures; one line each",
            new(BodyKind.Pictures, [("features", "as in /v1/analyze")], null),
            AnalyzeAsync,
            parts
        );
        routes.Route(
            "POST",
            "/v1/batch/identify",
            KeyRoles.Identify,
            "Says who is in many pictures; one line each",
            new(BodyKind.Pictures, [("gallery", "which gallery"), ("fpir", "as in /v1/identify")], null),
            IdentifyAsync,
            parts
        );
    }

    private static async Task AnalyzeAsync(HttpContext http, ServiceParts parts)
    {
        FaceAnalyzer analyzer = parts.Galleries.Of(http).Analyzer;
        (RequestBody body, Asked asked) = await ReadAsync(http, parts).ConfigureAwait(false);
        FaceFeatures features = (asked.Words("features") ?? ["quality"]).Aggregate(FaceFeatures.None, (all, name) =>
            all | parts.Policy.Feature(name)
        );
        await StreamAsync(http, parts, body, async (upload, stop) =>
                ServiceJson.Document(await parts.Work.AnalyzeOnWorkerAsync(analyzer, upload, features, stop).ConfigureAwait(false))
            )
            .ConfigureAwait(false);
    }

    private static async Task IdentifyAsync(HttpContext http, ServiceParts parts)
    {
        parts.Policy.RequireIdentification();
        ServedGallery served = parts.Galleries.Of(http);
        (RequestBody body, Asked asked) = await ReadAsync(http, parts).ConfigureAwait(false);
        IdentifyOptions options = IdentifyRoutes.OptionsOf(asked, parts);
        // A rate that is not supported is refused before any picture is looked at.
        await served.Gallery.IdentifyAsync([], options, http.RequestAborted).ConfigureAwait(false);
        Identifier identifier = new(parts, served);
        await StreamAsync(http, parts, body, async (upload, stop) =>
            {
                Identifier.Found found = await identifier
                    .RunAsync(upload, FaceFeatures.Quality | FaceFeatures.Embedding, options, stop)
                    .ConfigureAwait(false);
                await Identifier.TellAsync(parts, http, served, found).ConfigureAwait(false);
                return Identifier.Document(found, asked.Flag("explain"));
            })
            .ConfigureAwait(false);
    }

    private static async Task<(RequestBody, Asked)> ReadAsync(HttpContext http, ServiceParts parts)
    {
        parts.Work.Queue.RequirePlace();
        RequestBody body = await parts.Bodies.ReadAsync(http).ConfigureAwait(false);
        return (body, new(http, body));
    }

    private static async Task StreamAsync(
        HttpContext http,
        ServiceParts parts,
        RequestBody body,
        Func<Upload, CancellationToken, Task<JsonObject>> describe
    )
    {
        IReadOnlyList<Upload> uploads = body.Pictures("image");
        if (uploads.Count == 0)
            throw RequestException.BadRequest("there is no picture: send them as files 'image', or in JSON as the array 'image'");
        using IDisposable place = parts.Work.Queue.TakePlace();
        http.Response.ContentType = "application/x-ndjson";
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        Queue<Task<JsonObject>> running = [];
        try
        {
            foreach (Upload upload in uploads)
            {
                long pixels = parts.Work.PixelsOf(upload);
                running.Enqueue(parts.Work.Queue.OnWorkerAsync(pixels, gone => OneAsync(upload, describe, gone), stop.Token));
                if (running.Count > parts.Options.Workers)
                    await WriteAsync(http, await running.Dequeue().ConfigureAwait(false)).ConfigureAwait(false);
            }
            while (running.TryDequeue(out Task<JsonObject>? next))
                await WriteAsync(http, await next.ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Nothing goes on behind an answer that has ended.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<JsonObject> OneAsync(
        Upload upload,
        Func<Upload, CancellationToken, Task<JsonObject>> describe,
        CancellationToken stop
    )
    {
        try
        {
            return await describe(upload, stop).ConfigureAwait(false);
        }
        catch (SemblanceException e) when (e is ImageFormatException or ImageTooLargeException or TooManyFacesException)
        {
            return ServiceJson.Document(ImageAnalysis.Failed(upload.Name, e));
        }
    }

    private static async Task WriteAsync(HttpContext http, JsonObject line)
    {
        await http.Response.WriteAsync(line.ToJsonString(ServiceJson.Options) + "\n", http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
