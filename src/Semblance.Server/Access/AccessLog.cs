using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Semblance.Server.Hosting;

namespace Semblance.Server.Access;

/// <summary>
/// Who searched and whom they looked at: one file of JSON Lines a day, appended in batches by one writer so that searches never wait for
/// one another, and deleted when its time has come.
/// </summary>
internal sealed partial class AccessLog : IAsyncDisposable
{
    private const int Waiting = 100_000,
        Batch = 1_000;
    private const string Suffix = ".access.jsonl",
        Day = "yyyy-MM-dd";

    private readonly Channel<AccessEntry> _entries = Channel.CreateBounded<AccessEntry>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true }
    );
    private readonly string? _folder;
    private readonly int _days;
    private readonly TimeProvider _clock;
    private readonly ILogger<AccessLog> _log;
    private readonly Task _writing;

    public AccessLog(string? folder, int days, TimeProvider clock, ILogger<AccessLog> log)
    {
        (_folder, _days, _clock, _log) = (folder, days, clock, log);
        if (_folder is not null)
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(_folder);
            else
                Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        _writing = _folder is null ? Task.CompletedTask : Task.Run(WriteAsync);
    }

    /// <summary>Whether it is kept.</summary>
    public bool IsKept => _folder is not null;

    /// <summary>How many days it is kept; null where it is not.</summary>
    public int? Days => IsKept ? _days : null;

    /// <summary>Adds an entry; waits only where a hundred thousand are not yet written. A client that has gone has looked all the
    /// same.</summary>
    public ValueTask AddAsync(AccessEntry entry, CancellationToken gone) =>
        _folder is null || _entries.Writer.TryWrite(entry) ? ValueTask.CompletedTask : _entries.Writer.WriteAsync(entry, gone);

    /// <summary>Entries, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="gone">Stops reading.</param>
    public async Task<AccessPage> ReadAsync(AccessQuery query, CancellationToken gone)
    {
        List<AccessEntry> found = [];
        AccessPosition? last = null;
        int damaged = 0;
        await foreach ((AccessPosition at, string line) in LinesAsync(query.Before, gone).ConfigureAwait(false))
        {
            if (Parse(line) is not { } entry)
            {
                damaged++;
                continue;
            }
            if (!query.Wants(entry))
                continue;
            if (found.Count == query.Limit)
                return Page(last);
            found.Add(entry);
            last = at;
        }
        return Page(null);

        AccessPage Page(AccessPosition? next)
        {
            if (damaged > 0)
                LogDamaged(damaged);
            return new(found, next);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<(AccessPosition At, string Line)> LinesAsync(
        AccessPosition? before,
        [EnumeratorCancellation] CancellationToken gone
    )
    {
        if (_folder is null)
            yield break;
        foreach (string file in Directory.EnumerateFiles(_folder, "*" + Suffix).OrderDescending(StringComparer.Ordinal))
        {
            if (DayOf(file) is not { } day || day > before?.Day)
                continue;
            long? end = day == before?.Day ? before.Value.Start : null;
            await foreach ((long start, string line) in BackwardLines.ReadAsync(file, end, gone).ConfigureAwait(false))
                yield return (new(day, start), line);
        }
    }

    private async Task WriteAsync()
    {
        List<AccessEntry> batch = [];
        DateOnly cleaned = default;
        while (await _entries.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < Batch && _entries.Reader.TryRead(out AccessEntry? entry))
                batch.Add(entry);
            try
            {
                foreach (IGrouping<string, AccessEntry> day in batch.GroupBy(entry => FileOf(entry.At)))
                    await File.AppendAllLinesAsync(
                            Path.Combine(_folder!, day.Key),
                            day.Select(entry => JsonSerializer.Serialize(entry, ServiceJson.Options))
                        )
                        .ConfigureAwait(false);
                DateOnly today = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);
                if (today != cleaned)
                    Clean(cleaned = today);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogLost(e, batch.Count);
            }
        }
    }

    private void Clean(DateOnly today)
    {
        string oldest = FileOf(new(today.AddDays(-_days), default, TimeSpan.Zero));
        foreach (string file in Directory.EnumerateFiles(_folder!, "*" + Suffix))
            if (string.CompareOrdinal(Path.GetFileName(file), oldest) < 0)
                File.Delete(file);
    }

    /// <summary>An entry; null for a line that is none, as a process leaves it that ends while it writes.</summary>
    private static AccessEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AccessEntry>(line, ServiceJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string FileOf(DateTimeOffset at) => at.UtcDateTime.ToString(Day, CultureInfo.InvariantCulture) + Suffix;

    private static DateOnly? DayOf(string file) =>
        DateOnly.TryParseExact(
            Path.GetFileName(file)[..^Suffix.Length],
            Day,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly day
        )
            ? day
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} lines of the access log cannot be read and were left out")]
    private partial void LogDamaged(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries of the access log could not be written")]
    private partial void LogLost(Exception error, int count);
}
