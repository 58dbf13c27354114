using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Semblance.Benchmarks.Robustness;

/// <summary>Bytes sent on a connection of their own, and what came back.</summary>
/// <param name="Status">The answer's status; 0 where the connection was closed without one.</param>
/// <param name="Answer">The beginning of the answer.</param>
/// <param name="Took">How long it took.</param>
/// <param name="HungUp">Whether nothing came within the time, and the connection stayed open.</param>
internal sealed record RawExchange(int Status, string Answer, TimeSpan Took, bool HungUp)
{
    private const int Kept = 2000;

    /// <summary>Sends and reads to the end.</summary>
    /// <param name="address">The service.</param>
    /// <param name="bytes">What is sent; then no more is.</param>
    /// <param name="patience">After how long without an answer the sending side is closed; null: never.</param>
    /// <param name="limit">How long is waited.</param>
    public static async Task<RawExchange> OfAsync(Uri address, ReadOnlyMemory<byte> bytes, TimeSpan? patience, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        using TcpClient client = new();
        using CancellationTokenSource late = new(limit);
        byte[] buffer = new byte[16 << 10];
        using MemoryStream answer = new();
        bool hung = false;
        try
        {
            await client.ConnectAsync(address.Host, address.Port, late.Token).ConfigureAwait(false);
            NetworkStream stream = client.GetStream();
            // Answers may come, and connections be closed, before all was sent.
            Task sending = SendAsync(stream, bytes, late.Token);
            Task<int> first = stream.ReadAsync(buffer, late.Token).AsTask();
            if (patience is { } wait && await Task.WhenAny(first, Task.Delay(wait, late.Token)).ConfigureAwait(false) != first)
                client.Client.Shutdown(SocketShutdown.Send);
            for (
                int read = await first.ConfigureAwait(false);
                read > 0;
                read = await stream.ReadAsync(buffer, late.Token).ConfigureAwait(false)
            )
                answer.Write(buffer.AsSpan(0, (int)Math.Min(read, Math.Max(0, Kept - answer.Length))));
            await sending.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            hung = true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It was closed; what came before counts.
        }
        string text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        int status =
            text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && text.Length > 12
                ? int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture)
                : 0;
        return new(status, text, Stopwatch.GetElapsedTime(start), hung);
    }

    private static async Task SendAsync(NetworkStream stream, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync(bytes, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The service had seen enough.
        }
    }
}
