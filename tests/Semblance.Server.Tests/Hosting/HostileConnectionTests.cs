using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Semblance.Server.Events;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

/// <summary>What no client library sends, and connections that are used otherwise than they are meant.</summary>
public sealed partial class HostileConnectionTests(SharedService shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("Host: 127.0.0.1.attacker.example", 421)]
    [InlineData("Host: localhost.attacker.example", 421)]
    [InlineData("Host: attacker.example:80", 421)]
    [InlineData("Host: localhost.", 421)]
    [InlineData("Host: ", 421)]
    [InlineData("Host: 127.0.0.1\r\nHost: attacker.example", 400)]
    [InlineData("Host: attacker.example@127.0.0.1", 400)]
    [InlineData("Host: 127.0.0.1/attacker.example", 400)]
    [InlineData("Host: 127.0.0.1%00attacker.example", 400)]
    [InlineData("X-Forwarded-Host: localhost\r\nHost: attacker.example", 421)]
    [InlineData("X-Nothing: 1", 400)]
    public async Task Name_that_somebody_could_rebind_reaches_nothing(string headers, int status)
    {
        byte[] request = Encoding.ASCII.GetBytes($"GET /v1/people HTTP/1.1\r\nConnection: close\r\n{headers}\r\n\r\n");
        string answer = await RawHttp.SendAsync(shared.Service.Address, request, Patience, hangs: true);
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_in_the_request_line_is_no_way_around_the_host()
    {
        byte[] request = Encoding.ASCII.GetBytes(
            "GET http://attacker.example/v1/people HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"
        );
        Assert.StartsWith(
            "HTTP/1.1 421",
            await RawHttp.SendAsync(shared.Service.Address, request, Patience, hangs: true),
            StringComparison.Ordinal
        );
        request = Encoding.ASCII.GetBytes("GET http://attacker.example/v1/people HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        Assert.StartsWith(
            "HTTP/1.1 4",
            await RawHttp.SendAsync(shared.Service.Address, request, Patience, hangs: true),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Content-Length: 4\r\nContent-Length: 40")]
    [InlineData("Content-Length: 4, 40")]
    [InlineData("Content-Length: 0x4")]
    [InlineData("Content-Length: -4")]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding : chunked")]
    public async Task Length_that_two_servers_would_understand_differently_is_refused_and_ends_the_connection(string headers)
    {
        // What follows would be a request of its own for whoever reads four bytes, or none.
        byte[] request = Encoding.ASCII.GetBytes(
            $"POST /v1/detect HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\n{headers}\r\n\r\n"
                + "abcdGET /v1/limits HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        );
        string answer = await ReadToEndAsync(request);
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Single(AnswerLine().Matches(answer));
    }

    [Fact]
    public async Task Client_that_breaks_off_in_the_middle_is_no_fault_of_the_service()
    {
        await using RunningService service = await RunningService.StartAsync();
        foreach (string type in new[] { "image/jpeg", "application/json", "multipart/form-data; boundary=b", "text/x" })
        {
            using TcpClient client = new() { LingerState = new(true, 0) };
            await client.ConnectAsync(service.Address.Host, service.Address.Port);
            await client
                .GetStream()
                .WriteAsync(
                    RawHttp.Request(
                        "POST",
                        "/v1/detect",
                        $"Content-Type: {type}\r\nContent-Length: 100000\r\n",
                        Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n" + new string('x', 3000))
                    )
                );
            await Task.Delay(100);
            // With this a close resets the connection.
            client.Close();
        }
        await service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        string metrics = await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.DoesNotContain("code=\"internal\"", metrics, StringComparison.Ordinal);
        Assert.Equal(0, service.Service.Parts.Work.Queue.Taken);
    }

    [Fact]
    public async Task Bodies_that_are_announced_and_do_not_come_keep_nobody_out()
    {
        await using RunningService service = await RunningService.StartAsync(
            (options, _) => options with { Limits = options.Limits with { BodyBytes = options.Limits.RequestBytes } }
        );
        List<TcpClient> idle = [];
        foreach (
            string length in Enumerable.Repeat("Content-Length: 60000000", 4).Concat(Enumerable.Repeat("Transfer-Encoding: chunked", 4))
        )
        {
            TcpClient client = new();
            idle.Add(client);
            await client.ConnectAsync(service.Address.Host, service.Address.Port);
            await client
                .GetStream()
                .WriteAsync(RawHttp.Request("POST", "/v1/detect", $"Content-Type: image/jpeg\r\n{length}\r\n", "10\r\nabc"u8));
        }
        await service.Http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Slow_body_that_holds_the_memory_that_others_need_is_cut_off()
    {
        await using RunningService service = await RunningService.StartAsync(
            (options, _) =>
                options with
                {
                    Limits = options.Limits with { PictureBytes = 1_000_000, RequestBytes = 1_000_000, BodyBytes = 1_000_000 },
                }
        );
        using TcpClient slow = new();
        await slow.ConnectAsync(service.Address.Host, service.Address.Port);
        NetworkStream stream = slow.GetStream();
        byte[] begin = RawHttp.Request("POST", "/v1/detect", "Content-Type: image/jpeg\r\nContent-Length: 990000\r\n", new byte[600_000]);
        await stream.WriteAsync(begin);
        using CancellationTokenSource patience = new(Patience);
        Task<string> answer = ReadAsync(stream, patience.Token);
        byte[] more = new byte[4_000];
        // Four times the least rate that is asked for while memory is not short.
        while (!answer.IsCompleted)
        {
            await Task.Delay(1000);
            try
            {
                await stream.WriteAsync(more);
            }
            catch (IOException)
            {
                break;
            }
        }
        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
        await UntilAsync(() => service.Service.Budget.Claimed == 0);
    }

    [Fact]
    public async Task Listener_that_never_reads_holds_up_nobody_and_is_let_go()
    {
        await using RunningService service = await RunningService.StartAsync();
        EventHub hub = service.Service.Parts.Events;
        using (TcpClient client = new() { ReceiveBufferSize = 4096 })
        {
            await client.ConnectAsync(service.Address.Host, service.Address.Port);
            await client.GetStream().WriteAsync(RawHttp.Request("GET", "/v1/events", "", []));
            await UntilAsync(() => hub.Listeners == 1);
            long start = Stopwatch.GetTimestamp();
            string name = new('n', 200);
            for (int i = 0; i < 50_000; i++)
                hub.Publish(EventTypes.Updated, "default", "0199", Guid.Empty, name, name);
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Patience);
            await service.Http.GetAsync("/v1/limits").JsonAsync();
        }
        await UntilAsync(() => hub.Listeners == 0);
    }

    [Fact]
    public async Task Webhook_that_never_answers_holds_up_neither_enrolment_nor_the_end()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        RunningService service = await RunningService.StartAsync(
            (options, _) =>
                options with
                {
                    Webhooks =
                    [
                        new() { Url = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/"), Secret = new('s', 20) },
                    ],
                }
        );
        await service.EnrolAsync("Ada", Pictures.Dim);
        using TcpClient accepted = await listener.AcceptTcpClientAsync();
        await service.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        long start = Stopwatch.GetTimestamp();
        await service.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Patience);
    }

    private async Task<string> ReadToEndAsync(byte[] request)
    {
        using TcpClient client = new();
        await client.ConnectAsync(shared.Service.Address.Host, shared.Service.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(request);
        using CancellationTokenSource limit = new(Patience);
        return await ReadAsync(stream, limit.Token);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken limit)
    {
        StringBuilder answer = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, limit) is > 0 and int read)
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Reset after the answer, since not all was read.
        }
        return answer.ToString();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Patience);
            await Task.Delay(50);
        }
    }

    [GeneratedRegex("HTTP/1\\.1 ")]
    private static partial Regex AnswerLine();
}
