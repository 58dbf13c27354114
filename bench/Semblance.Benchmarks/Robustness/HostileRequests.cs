using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Semblance.Benchmarks.Robustness;

/// <summary>
/// Mutated pictures and requests over sockets to <c>semblance serve</c> in a process of its own: it answers each with a status that says
/// whose fault it is, never its own, stays up within bounded time and memory, and then enrols and names somebody as ever.
/// </summary>
internal static class HostileRequests
{
    private const int Seed = 47,
        Together = 16,
        Unseen = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs.</summary>
    /// <param name="folder">Pictures of one person each, of different people; one of the last five is enrolled at the end.</param>
    /// <param name="count">How many requests are sent.</param>
    public static async Task RunAsync(string folder, int count)
    {
        byte[][] pictures = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        string work = Directory.CreateTempSubdirectory("semblance-hostile-requests-").FullName;
        ConcurrentDictionary<int, int> statuses = [];
        ConcurrentQueue<string> wrong = [];
        TimeSpan slowest = default;
        string slowestKind = "";
        ServedProcess served = await ServedProcess.StartAsync(work).ConfigureAwait(false);
        await using (served.ConfigureAwait(false))
        {
            await Parallel
                .ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (i, _) =>
                {
                    HostileRequest request = HostileRequest.Of(pictures[..^Unseen], new Random(Seed + i));
                    RawExchange exchange = await RawExchange
                        .OfAsync(served.Address, request.Bytes, request.Patience, Limit)
                        .ConfigureAwait(false);
                    statuses.AddOrUpdate(exchange.Status, 1, (_, before) => before + 1);
                    if (exchange is { HungUp: true, Status: 0 } || !served.IsUp || !IsExpected(exchange.Status))
                        wrong.Enqueue(
                            $"{i}, {request.Kind}: status {exchange.Status}, {exchange.Took.TotalSeconds:0.0} s: {exchange.Answer.Trim()}"
                        );
                    lock (statuses)
                        (slowest, slowestKind) = exchange.Took > slowest ? (exchange.Took, request.Kind) : (slowest, slowestKind);
                })
                .ConfigureAwait(false);
            string named = await NameAsync(served.Address, pictures[^Unseen..]).ConfigureAwait(false);
            long memory = served.PeakMemory;
            int exit = await served.StopAsync().ConfigureAwait(false);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    {count} hostile requests (seed {Seed}), {Together} at a time: statuses {string.Join(
                        ", ",
                        statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}")
                    )} (0: closed without an answer)
                    wrong {wrong.Count}, failures in the log {served.Failures.Count}; slowest {slowest.TotalSeconds:0.0} s ({slowestKind}), largest memory {memory
                        / 1e6:0} MB
                    afterwards: {named}; exit code {exit}
                    """
                )
            );
        }
        foreach (string line in wrong.Concat(served.Failures).Take(100))
            Console.WriteLine("  " + line);
        Directory.Delete(work, recursive: true);
    }

    /// <summary>What says that the client is at fault, or has to wait; and closed connections of those who spoke no HTTP or stopped.</summary>
    private static bool IsExpected(int status) => status is 0 or (>= 200 and < 500) or 505;

    /// <summary>Enrols somebody new, by the first picture that shows one face alone, and asks who that is.</summary>
    private static async Task<string> NameAsync(Uri address, byte[][] pictures)
    {
        using HttpClient http = new() { BaseAddress = address };
        foreach (byte[] picture in pictures)
        {
            using MultipartFormDataContent person = new()
            {
                { new StringContent("Somebody new"), "name" },
                { Content(picture), "image", "new.jpg" },
            };
            using HttpResponseMessage enrolled = await http.PostAsync("/v1/people", person).ConfigureAwait(false);
            if (!enrolled.IsSuccessStatusCode)
                continue;
            using HttpResponseMessage found = await http.PostAsync("/v1/identify", Content(picture)).ConfigureAwait(false);
            using JsonDocument answer = JsonDocument.Parse(await found.Content.ReadAsStringAsync().ConfigureAwait(false));
            JsonElement who = answer.RootElement.GetProperty("faces")[0].GetProperty("person");
            string? name = who.TryGetProperty("name", out JsonElement text) ? text.GetString() : null;
            return $"enrolled {(int)enrolled.StatusCode}, identified {(int)found.StatusCode} as {name ?? "nobody"}";
        }
        return "nobody could be enrolled";
    }

    private static ByteArrayContent Content(byte[] picture)
    {
        ByteArrayContent content = new(picture);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return content;
    }
}
