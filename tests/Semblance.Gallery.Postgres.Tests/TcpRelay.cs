using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Semblance.Gallery.Postgres.Tests;

/// <summary>Stands between a client and a server, and can be cut.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _open = [];
    private volatile bool _cut;

    public TcpRelay(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections; new ones end at once.</summary>
    public void Cut()
    {
        _cut = true;
        while (_open.TryTake(out TcpClient? client))
            client.Dispose();
    }

    public void Mend() => _cut = false;

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient near)
    {
        using TcpClient far = new();
        using (near)
        {
            if (_cut)
                return;
            try
            {
                await far.ConnectAsync(_host, _port);
                _open.Add(near);
                _open.Add(far);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // It was cut.
            }
        }
    }
}
