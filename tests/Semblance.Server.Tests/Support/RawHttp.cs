using System.Net.Sockets;
using System.Text;

namespace Semblance.Server.Tests.Support;

/// <summary>Bytes on a socket: requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes and reads until the other side closes or nothing comes.</summary>
    /// <param name="address">The service.</param>
    /// <param name="bytes">What is sent.</param>
    /// <param name="wait">How long an answer is waited for.</param>
    /// <param name="hangs">Whether the connection stays open for more that never comes.</param>
    public static async Task<string> SendAsync(Uri address, byte[] bytes, TimeSpan wait, bool hangs = false)
    {
        using TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        NetworkStream stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            if (!hangs)
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // The service may have seen enough.
        }
        using MemoryStream answer = new();
        using CancellationTokenSource limit = new(wait);
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) is > 0 and int read)
            {
                answer.Write(buffer.AsSpan(0, read));
                if (Encoding.ASCII.GetString(answer.ToArray()).Contains("\r\n\r\n", StringComparison.Ordinal))
                    break;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Nothing more came.
        }
        return Encoding.ASCII.GetString(answer.ToArray());
    }

    public static byte[] Request(string method, string path, string headers, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n"), .. body];
}
