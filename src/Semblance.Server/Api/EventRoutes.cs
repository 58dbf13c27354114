using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Semblance.Server.Events;
using Semblance.Server.Galleries;
using Semblance.Server.Hosting;
using Semblance.Server.Keys;

namespace Semblance.Server.Api;

/// <summary><c>GET /v1/events</c>: server-sent events.</summary>
internal static class EventRoutes
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes, ServiceParts parts) =>
        routes.Route(
            "GET",
            "/v1/events",
            KeyRoles.Identify,
            "Events as they happen (server-sent): identified, unknown, cannot-tell, enrolled, updated, removed",
            new(BodyKind.None, [("gallery", "which gallery"), ("types", "separated by commas; default: all")], null),
            StreamAsync,
            parts
        );

    private static async Task StreamAsync(HttpContext http, ServiceParts parts)
    {
        ServedGallery served = parts.Galleries.Of(http);
        string[]? types = new Asked(http).Words("types");
        long? after =
            http.Request.Headers["Last-Event-ID"] is [{ } text, ..]
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long last)
                ? last
                : null;
        IHostApplicationLifetime life = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        using EventHub.Subscription subscription = parts.Events.Listen(after);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await http.Response.WriteAsync("retry: 2000\n\n", end.Token).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(end.Token).ConfigureAwait(false);
            while (true)
            {
                bool happens = await WaitAsync(subscription, end.Token).ConfigureAwait(false);
                // A key that was taken back hears of nothing more.
                if (!parts.KeyCheck.StillHolds(http))
                    return;
                if (!happens)
                    await http.Response.WriteAsync(": still here\n\n", end.Token).ConfigureAwait(false);
                while (subscription.Events.TryRead(out ServiceEvent? happened))
                    if (happened.Gallery == served.Name && types?.Contains(happened.Type) != false)
                        await http
                            .Response.WriteAsync(
                                $"id: {happened.Id}\nevent: {happened.Type}\ndata: "
                                    + $"{JsonSerializer.Serialize(happened, ServiceJson.Options)}\n\n",
                                end.Token
                            )
                            .ConfigureAwait(false);
                await http.Response.Body.FlushAsync(end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The listener has gone, or the service stops.
        }
    }

    /// <summary>Waits for an event; false when it is time to show that the connection lives.</summary>
    private static async Task<bool> WaitAsync(EventHub.Subscription subscription, CancellationToken end)
    {
        using CancellationTokenSource pulse = CancellationTokenSource.CreateLinkedTokenSource(end);
        pulse.CancelAfter(Pulse);
        try
        {
            return await subscription.Events.WaitToReadAsync(pulse.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return false;
        }
    }
}
