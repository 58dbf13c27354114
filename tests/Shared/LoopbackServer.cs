using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Semblance.TestSupport;

/// <summary>A request as the server saw it.</summary>
/// <param name="Path">Path of the address.</param>
/// <param name="From">First byte asked for by a Range header; 0 without.</param>
internal sealed record LoopbackRequest(string Path, long From);

/// <summary>
/// An HTTP server on the loopback interface whose answers are written byte by byte, so that it can do what broken servers and networks do:
/// cut, stall, lie.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, int, LoopbackAnswer> _answer;
    private readonly Task _serving;

    /// <param name="answer">What to answer to a request; also hears how many there were before.</param>
    public LoopbackServer(Func<LoopbackRequest, int, LoopbackAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = [];

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _serving.Wait(TimeSpan.FromSeconds(5));
        }
        catch (AggregateException)
        {
            // The listener was stopped while it waited.
        }
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
            _ = Task.Run(() => AnswerAsync(client));
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                LoopbackRequest request = await ReadAsync(stream).ConfigureAwait(false);
                int before = Requests.Count;
                Requests.Enqueue(request);
                LoopbackAnswer answer = _answer(request, before);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer.Head), _stop.Token).ConfigureAwait(false);
                for (int sent = 0; answer.After == AfterBody.Trickle && sent < answer.Body.Length; sent++)
                {
                    await stream.WriteAsync(answer.Body.Slice(sent, 1), _stop.Token).ConfigureAwait(false);
                    await Task.Delay(10, _stop.Token).ConfigureAwait(false);
                }
                if (answer.After != AfterBody.Trickle)
                    await stream.WriteAsync(answer.Body, _stop.Token).ConfigureAwait(false);
                if (answer.After == AfterBody.Stall)
                    await Task.Delay(Timeout.Infinite, _stop.Token).ConfigureAwait(false);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client went away, as clients do that have seen enough.
            }
        }
    }

    private async Task<LoopbackRequest> ReadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token).ConfigureAwait(false) == 0)
                throw new IOException("no request");
            head.Append((char)one[0]);
        }
        string[] lines = head.ToString().Split("\r\n");
        string? range = lines.FirstOrDefault(line => line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase));
        long from = range is null ? 0 : long.Parse(range["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        return new(lines[0].Split(' ')[1], from);
    }
}

/// <summary>What happens behind the body.</summary>
internal enum AfterBody
{
    /// <summary>The connection is closed, whether or not all was sent.</summary>
    Close,

    /// <summary>The body itself comes byte by byte, a hundred in a second.</summary>
    Trickle,

    /// <summary>Nothing more is sent, and the connection stays open.</summary>
    Stall,
}

/// <summary>An answer: its head as text, and what is really sent behind it.</summary>
internal sealed record LoopbackAnswer(string Head, ReadOnlyMemory<byte> Body, AfterBody After = AfterBody.Close)
{
    /// <summary>A status without a body.</summary>
    public static LoopbackAnswer Status(string status, string headers = "") =>
        new($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n", default);

    /// <summary>The whole file.</summary>
    public static LoopbackAnswer Whole(byte[] file) =>
        new($"HTTP/1.1 200 OK\r\nContent-Length: {file.Length}\r\nConnection: close\r\n\r\n", file);

    /// <summary>The rest of a file, as a server does that knows ranges.</summary>
    public static LoopbackAnswer Range(byte[] file, long from) =>
        from == 0 ? Whole(file)
        : from >= file.Length ? Status("416 Range Not Satisfiable", $"Content-Range: bytes */{file.Length}\r\n")
        : new(
            $"HTTP/1.1 206 Partial Content\r\nContent-Length: {file.Length - from}\r\nContent-Range: bytes "
                + $"{from}-{file.Length - 1}/{file.Length}\r\nConnection: close\r\n\r\n",
            file.AsMemory((int)from)
        );

    /// <summary>The same head, but only some of the bytes it promises.</summary>
    public LoopbackAnswer Cut(int bytes, AfterBody after = AfterBody.Close) =>
        this with
        {
            Body = Body[..Math.Min(bytes, Body.Length)],
            After = after,
        };

    /// <summary>The whole file without saying how long it is.</summary>
    public static LoopbackAnswer Chunked(byte[] file)
    {
        byte[] size = Encoding.ASCII.GetBytes($"{file.Length:x}\r\n"),
            end = "\r\n0\r\n\r\n"u8.ToArray();
        return new("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n", (byte[])[.. size, .. file, .. end]);
    }
}
