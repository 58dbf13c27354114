using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Semblance.Server.Events;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Events;

public sealed class WebhookTests
{
    private const string Secret = "a secret of the test";

    [Fact]
    public async Task Target_is_told_with_a_signature_and_again_after_it_refused()
    {
        int port = FreePort();
        using HttpListener listener = new();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        BlockingCollection<(string Signature, byte[] Body)> received = [];
        Task listening = ListenAsync(listener, received);
        await using RunningService service = await RunningService.StartAsync(
            (options, _) =>
                options with
                {
                    Webhooks =
                    [
                        new()
                        {
                            Url = new($"http://127.0.0.1:{port}/hook"),
                            Secret = Secret,
                            Events = [EventTypes.Enrolled],
                        },
                    ],
                }
        );
        await service.Http.PostAsync("/v1/people", Pictures.Form(("name", "Ada"), ("image", Pictures.Dim))).JsonAsync(201);
        await service.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        // The first attempt is answered with 503.
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Assert.True(received.TryTake(out (string Signature, byte[] Body) sent, TimeSpan.FromSeconds(60)));
            long seconds = long.Parse(
                sent.Signature["t=".Length..sent.Signature.IndexOf(',', StringComparison.Ordinal)],
                CultureInfo.InvariantCulture
            );
            Assert.Equal(WebhookSignature.Of(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds), sent.Body), sent.Signature);
            using JsonDocument body = JsonDocument.Parse(sent.Body);
            Assert.Equal("enrolled", body.RootElement.GetProperty("type").GetString());
            Assert.Equal("Ada", body.RootElement.GetProperty("name").GetString());
        }
        Assert.False(received.TryTake(out _, TimeSpan.FromSeconds(1)));
        listener.Stop();
        await listening;
    }

    [Fact]
    public void Signature_changes_with_body_time_and_secret()
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        string one = WebhookSignature.Of(Secret, at, "a"u8);
        Assert.StartsWith("t=1700000000,v1=", one, StringComparison.Ordinal);
        Assert.Equal("t=1700000000,v1=".Length + 64, one.Length);
        Assert.NotEqual(one, WebhookSignature.Of(Secret, at, "b"u8));
        Assert.NotEqual(one, WebhookSignature.Of(Secret + "x", at, "a"u8));
        Assert.NotEqual(one, WebhookSignature.Of(Secret, at.AddSeconds(1), "a"u8));
    }

    private static async Task ListenAsync(HttpListener listener, BlockingCollection<(string, byte[])> received)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                context.Response.StatusCode = i == 0 ? 503 : 204;
                context.Response.Close();
                received.Add((context.Request.Headers[WebhookSignature.Header]!, body.ToArray()));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private static int FreePort()
    {
        System.Net.Sockets.TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
