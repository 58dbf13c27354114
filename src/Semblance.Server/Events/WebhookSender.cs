using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Semblance.Server.Hosting;

namespace Semblance.Server.Events;

/// <summary>Sends events to the targets of the configuration, each in order and on its own: one that does not answer keeps no other
/// waiting.</summary>
internal sealed partial class WebhookSender(ServiceOptions options, EventHub hub, TimeProvider clock, ILogger<WebhookSender> log)
    : BackgroundService
{
    private const int Attempts = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10),
        FirstPause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Webhooks.Select(target => ServeAsync(target, hub.Listen(), stoppingToken)));

    private async Task ServeAsync(WebhookTarget target, EventHub.Subscription subscription, CancellationToken stop)
    {
        using EventHub.Subscription held = subscription;
        // A redirect would lead to an address that nobody configured.
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        using HttpClient client = new(handler) { Timeout = Limit };
        try
        {
            long? last = null;
            await foreach (ServiceEvent happened in held.Events.ReadAllAsync(stop).ConfigureAwait(false))
            {
                if (last is { } before && happened.Id - before > 1)
                    LogFellBehind(target.Url, happened.Id - before - 1);
                last = happened.Id;
                if (Wants(target, happened))
                    await DeliverAsync(client, target, happened, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private static bool Wants(WebhookTarget target, ServiceEvent happened) =>
        (target.Gallery is null || target.Gallery == happened.Gallery)
        && (target.Events.Count == 0 || target.Events.Contains(happened.Type));

    private async Task DeliverAsync(HttpClient client, WebhookTarget target, ServiceEvent happened, CancellationToken stop)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(happened, ServiceJson.Options);
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++)
        {
            if (await SendAsync(client, target, happened, body, stop).ConfigureAwait(false))
                return;
            if (attempt == Attempts)
            {
                LogLost(target.Url, happened.Id, Attempts);
                return;
            }
            await Task.Delay(pause, clock, stop).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private async Task<bool> SendAsync(HttpClient client, WebhookTarget target, ServiceEvent happened, byte[] body, CancellationToken stop)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(target.Secret, clock.GetUtcNow(), body));
            request.Headers.Add("X-Semblance-Event", happened.Type);
            using HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "the webhook {Target} is so slow that {Count} events, of whatever type and gallery, were passed over"
    )]
    private partial void LogFellBehind(Uri target, long count);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "the webhook {Target} did not take event {Event} in {Attempts} attempts; it is lost"
    )]
    private partial void LogLost(Uri target, long @event, int attempts);
}
