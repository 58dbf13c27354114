using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Semblance.Load;

/// <summary>Many clients that ask a service with mixed routes, honour Retry-After, and count what comes back.</summary>
internal sealed class LoadRun
{
    private readonly List<string> _pictures = [];
    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentBag<double> _milliseconds = [];
    private Uri _address = new("http://127.0.0.1:8080");
    private int _clients = 200,
        _seconds = 60,
        _side = 640,
        _broken;
    private int? _process,
        _library;
    private string? _key;

    public static LoadRun Parse(string[] args)
    {
        LoadRun run = new();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--clients":
                    run._clients = Number(args[++i]);
                    break;
                case "--seconds":
                    run._seconds = Number(args[++i]);
                    break;
                case "--side":
                    run._side = Number(args[++i]);
                    break;
                case "--library":
                    run._library = Number(args[++i]);
                    break;
                case "--process":
                    run._process = Number(args[++i]);
                    break;
                case "--key":
                    run._key = args[++i];
                    break;
                default:
                    if (args[i].StartsWith("http", StringComparison.Ordinal))
                        run._address = new(args[i]);
                    else
                        run._pictures.Add(args[i]);
                    break;
            }
        }
        return run;
    }

    public async Task<int> RunAsync()
    {
        if (_pictures.Count == 0)
        {
            await Console.Error.WriteLineAsync("name the service's address and at least one picture");
            return 2;
        }
        byte[][] pictures = [.. _pictures.Select(file => Scaling.ToJpeg(File.ReadAllBytes(file), _side))];
        // While the service has nothing to do.
        (double PicturesPerSecond, TimeSpan ProcessorTime)? library = _library is { } time
            ? await LibraryRun.MeasureAsync(pictures, TimeSpan.FromSeconds(time))
            : null;
        TimeSpan used = ProcessorTime();
        using CancellationTokenSource end = new(TimeSpan.FromSeconds(_seconds));
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _clients).Select(i => ClientAsync(i, pictures, end.Token)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        used = ProcessorTime() - used;
        Print(seconds);
        if (library is { } alone)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"library alone {alone.PicturesPerSecond:0.00} pictures/s  service to library {_milliseconds.Count / seconds / alone.PicturesPerSecond:0.00}"
                )
            );
        // On a machine that does other work too this ratio holds where that of the clock does not.
        if (_process is not null && library is { } own)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"processor time of an answer {used.TotalMilliseconds / _milliseconds.Count:0.0} ms  library alone {own.ProcessorTime.TotalMilliseconds:0.0} ms  service to library {own.ProcessorTime / used * _milliseconds.Count:0.00}"
                )
            );
        return _broken == 0 && _statuses.Keys.All(status => status is 200 or 429) ? 0 : 1;
    }

    private async Task ClientAsync(int number, byte[][] pictures, CancellationToken end)
    {
        // A connection of its own, as that of a program of its own.
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 1 };
        using HttpClient http = new(handler) { BaseAddress = _address, Timeout = TimeSpan.FromMinutes(2) };
        if (_key is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", _key);
        for (int turn = number; !end.IsCancellationRequested; turn++)
        {
            byte[] picture = pictures[turn % pictures.Length];
            long start = Stopwatch.GetTimestamp();
            try
            {
                using HttpRequestMessage request = Request(turn, picture);
                using HttpResponseMessage response = await http.SendAsync(request, CancellationToken.None);
                await response.Content.LoadIntoBufferAsync(CancellationToken.None);
                int status = (int)response.StatusCode;
                _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status == 200)
                    _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                else if (response.Headers.RetryAfter?.Delta is { } wait)
                    await Task.Delay(wait, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref _broken);
            }
        }
    }

    private static HttpRequestMessage Request(int turn, byte[] picture)
    {
        string route = (turn % 4) switch
        {
            0 => "/v1/detect",
            1 => "/v1/embed",
            2 => "/v1/identify",
            _ => "/v1/analyze?features=quality",
        };
        ByteArrayContent body = new(picture);
        body.Headers.ContentType = new("image/jpeg");
        return new(HttpMethod.Post, route) { Content = body };
    }

    private void Print(double seconds)
    {
        double[] times = [.. _milliseconds.Order()];
        double At(double share) => times.Length == 0 ? double.NaN : times[(int)(share * (times.Length - 1))];
        CultureInfo plain = CultureInfo.InvariantCulture;
        Console.Out.WriteLine(
            string.Create(
                plain,
                $"clients {_clients}  seconds {seconds:0.0}  answered {times.Length}  pictures/s {times.Length / seconds:0.00}"
            )
        );
        Console.Out.WriteLine(string.Create(plain, $"p50 {At(0.5):0} ms  p99 {At(0.99):0} ms  most {At(1):0} ms"));
        Console.Out.WriteLine(
            $"statuses {string.Join(", ", _statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}  broken connections {_broken}"
        );
        if (_process is { } id)
            Console.Out.WriteLine(string.Create(plain, $"service's peak working set {PeakOf(id) / 1048576.0:0} MiB"));
    }

    private TimeSpan ProcessorTime()
    {
        if (_process is not { } id)
            return default;
        using Process process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static long PeakOf(int id)
    {
        using Process process = Process.GetProcessById(id);
        return process.PeakWorkingSet64;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
