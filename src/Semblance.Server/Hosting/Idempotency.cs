using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Semblance.Server.Failures;

namespace Semblance.Server.Hosting;

/// <summary>Remembers answers to requests with an <c>Idempotency-Key</c> for a day: the same key and body twice is one enrolment.</summary>
internal sealed class Idempotency(TimeProvider clock)
{
    private const int Remembered = 10_000,
        LongestKey = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Caller, string Key), Entry> _entries = [];

    /// <summary>Runs a request, or gives the answer that it had the first time.</summary>
    /// <param name="caller">Id of the key that asks.</param>
    /// <param name="key">The header's value; null runs it.</param>
    /// <param name="fingerprint">What the request says.</param>
    /// <param name="run">Does the work; an error is not remembered.</param>
    /// <exception cref="RequestException">The key was used for another request.</exception>
    public async Task<T> OnceAsync<T>(string caller, string? key, Func<byte[]> fingerprint, Func<Task<T>> run)
        where T : class
    {
        if (key is null)
            return await run().ConfigureAwait(false);
        if (key.Length is 0 or > LongestKey)
            throw RequestException.BadRequest($"an Idempotency-Key has 1 to {LongestKey} characters");
        byte[] print = fingerprint();
        Entry mine = new(print, clock.GetUtcNow(), new(() => Boxed(run)));
        Entry held = _entries.GetOrAdd((caller, key), mine);
        if (!ReferenceEquals(held, mine) && clock.GetUtcNow() - held.At > Kept)
        {
            _entries.TryUpdate((caller, key), mine, held);
            held = _entries.GetOrAdd((caller, key), mine);
        }
        if (!held.Fingerprint.AsSpan().SequenceEqual(print))
            throw new RequestException(422, "idempotency-key", "this Idempotency-Key was used for another request");
        Forget();
        try
        {
            return (T)await held.Answer.Value.ConfigureAwait(false);
        }
        catch
        {
            _entries.TryRemove(new((caller, key), held));
            throw;
        }
    }

    /// <summary>A hash over texts and bytes.</summary>
    public static byte[] Fingerprint(IEnumerable<string?> texts, IEnumerable<ReadOnlyMemory<byte>> bytes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? text in texts)
            Append(text is null ? [0] : [1, .. Encoding.UTF8.GetBytes(text)]);
        foreach (ReadOnlyMemory<byte> block in bytes)
            Append(block.Span);
        return hash.GetHashAndReset();

        void Append(ReadOnlySpan<byte> data)
        {
            hash.AppendData(BitConverter.GetBytes(data.Length));
            hash.AppendData(data);
        }
    }

    private static async Task<object> Boxed<T>(Func<Task<T>> run)
        where T : class => await run().ConfigureAwait(false);

    private void Forget()
    {
        if (_entries.Count <= Remembered)
            return;
        foreach (KeyValuePair<(string, string), Entry> old in _entries.OrderBy(pair => pair.Value.At).Take(_entries.Count - Remembered / 2))
            _entries.TryRemove(old);
    }

    private sealed record Entry(byte[] Fingerprint, DateTimeOffset At, Lazy<Task<object>> Answer);
}
