using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Semblance.Gallery;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary><c>/healthz</c>: the process lives; <c>/readyz</c>: models are warmed and every store answers. No key is needed.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts, Readiness readiness)
    {
        RequiredRoles open = new(KeyRoles.None) { Open = true };
        routes
            .MapMethods("/healthz", ["GET", "HEAD"], (HttpContext http) => http.Answer(new { status = "ok" }))
            .WithMetadata(open)
            .ExcludeFromDescription();
        routes
            .MapMethods("/readyz", ["GET", "HEAD"], (HttpContext http) => ReadyAsync(http, parts, readiness))
            .WithMetadata(open)
            .ExcludeFromDescription();
    }

    private static async Task ReadyAsync(HttpContext http, ServiceParts parts, Readiness readiness)
    {
        bool reachable = true;
        foreach (ServedGallery served in parts.Galleries.All)
            reachable &= await AnswersAsync(served, http.RequestAborted).ConfigureAwait(false);
        bool ready = readiness.IsWarm && reachable && !readiness.IsStopping;
        await http.Answer(
                new
                {
                    status = ready ? "ready" : "not-ready",
                    warm = readiness.IsWarm,
                    stores = reachable,
                    stopping = readiness.IsStopping,
                },
                ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
            )
            .ConfigureAwait(false);
    }

    private static async Task<bool> AnswersAsync(ServedGallery served, CancellationToken gone)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        limit.CancelAfter(StoreLimit);
        try
        {
            _ = await served.Gallery.FindAsync(Guid.Empty, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is GalleryException || (e is OperationCanceledException && !gone.IsCancellationRequested))
        {
            return false;
        }
    }
}
