using System.Net.Sockets;
using System.Text;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>A picture that is sent to the service bit by bit.</summary>
internal sealed class SlowRequest : IDisposable
{
    private readonly TcpClient _client;
    private readonly byte[] _picture;
    private int _sent;

    private SlowRequest(TcpClient client, byte[] picture) => (_client, _picture) = (client, picture);

    /// <summary>Sends the head of a detection and the first twentieth of the picture.</summary>
    public static async Task<SlowRequest> BeginAsync(Uri service)
    {
        byte[] picture = await File.ReadAllBytesAsync(ReferenceData.Sample("astronaut.png"), TestContext.Current.CancellationToken);
        TcpClient client = new();
        await client.ConnectAsync(service.Host, service.Port, TestContext.Current.CancellationToken);
        SlowRequest request = new(client, picture);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /v1/detect HTTP/1.1\r\nHost: {service.Authority}\r\nContent-Type: image/png\r\n"
                        + $"Content-Length: {picture.Length}\r\nConnection: close\r\n\r\n"
                ),
                TestContext.Current.CancellationToken
            );
        await request.SendAsync(part: 1 / 20.0);
        // Until the service has begun to read.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        return request;
    }

    /// <summary>Sends more of the picture, at most what is left.</summary>
    /// <param name="part">How much of the whole.</param>
    public async Task SendAsync(double part)
    {
        int count = Math.Min((int)(part * _picture.Length), _picture.Length - _sent);
        await _client.GetStream().WriteAsync(_picture.AsMemory(_sent, count), TestContext.Current.CancellationToken);
        _sent += count;
    }

    /// <summary>The answer to its end.</summary>
    public async Task<string> AnswerAsync()
    {
        using StreamReader reader = new(_client.GetStream());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();
}
