using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Semblance.Files;
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
    private const long LargestFile = 1L << 30;
    private const string Suffix = ".access.jsonl";

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

    /// <summary>Adds an entry; waits only where a hundred thousand are not yet written. A client that has gone has looked all the
    /// same.</summary>
    public ValueTask AddAsync(AccessEntry entry, CancellationToken gone) =>
        _folder is null || _entries.Writer.TryWrite(entry) ? ValueTask.CompletedTask : _entries.Writer.WriteAsync(entry, gone);

    /// <summary>Entries, newest first.</summary>
    /// <param name="gallery">Of which gallery.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only entries before this time; null for all.</param>
    /// <param name="gone">Stops reading.</param>
    public async Task<IReadOnlyList<AccessEntry>> ReadAsync(string gallery, int limit, DateTimeOffset? before, CancellationToken gone)
    {
        List<AccessEntry> found = [];
        int damaged = 0;
        if (_folder is null)
            return found;
        foreach (string file in Directory.EnumerateFiles(_folder, "*" + Suffix).OrderDescending(StringComparer.Ordinal))
        {
            string[] lines = await Task.Run(string[] () => [.. RegularFile.ReadLines(file, LargestFile)], gone).ConfigureAwait(false);
            for (int i = lines.Length - 1; i >= 0 && found.Count < limit; i--)
                if (Parse(lines[i]) is not { } entry)
                    damaged++;
                else if (entry.Gallery == gallery && (before is null || entry.At < before))
                    found.Add(entry);
            if (found.Count >= limit)
                break;
        }
        if (damaged > 0)
            LogDamaged(damaged);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
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

    private static string FileOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Suffix;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} lines of the access log cannot be read and were left out")]
    private partial void LogDamaged(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries of the access log could not be written")]
    private partial void LogLost(Exception error, int count);
}
