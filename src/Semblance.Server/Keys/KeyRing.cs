using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Semblance.Server.Keys;

/// <summary>The keys of a running service, read again when their file changes. Comparisons take the same time whatever was sent.</summary>
internal sealed partial class KeyRing(string? path, TimeProvider clock, ILogger<KeyRing> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private IReadOnlyList<Known> _keys = [];
    private DateTime _written;
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>Whether a key is needed.</summary>
    public bool IsLocked => path is not null;

    /// <summary>The file; null without keys.</summary>
    public KeyFile? File => path is null ? null : new(path, clock);

    /// <summary>Who has the key of a text; null for nobody.</summary>
    public Caller? Find(string text)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        string? id = KeyText.IdOf(text);
        Caller? found = null;
        DateTimeOffset now = clock.GetUtcNow();
        foreach (Known key in Keys())
        {
            // Every key is compared whole, so that the time tells nothing about which was nearly right.
            bool same = CryptographicOperations.FixedTimeEquals(hash, key.Hash);
            if (same && (key.Stored.CompreFace is not null || key.Stored.Id == id) && !(key.Stored.ExpiresAt <= now))
                found = key.Caller;
        }
        return found;
    }

    /// <summary>Reads the file now, so that a wrong one is noticed at start.</summary>
    public int Load() => Keys().Count;

    private IReadOnlyList<Known> Keys()
    {
        if (path is null)
            return [];
        lock (_gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now - _looked < LookAgain)
                return _keys;
            bool first = _looked == DateTimeOffset.MinValue;
            try
            {
                DateTime written = System.IO.File.GetLastWriteTimeUtc(path);
                if (first || written != _written)
                    (_keys, _written) = ([.. new KeyFile(path, clock).Read().Select(key => new Known(key))], written);
            }
            catch (Exception e) when (!first && e is IOException or UnauthorizedAccessException or ArgumentException && !first)
            {
                // The keys that were there stay; the file may be in the hands of an editor.
                LogUnreadable(e);
            }
            _looked = now;
            return _keys;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the file of keys cannot be read; the keys read before stay in force")]
    private partial void LogUnreadable(Exception error);

    private sealed class Known(StoredKey stored)
    {
        public StoredKey Stored { get; } = stored;

        public byte[] Hash { get; } = Convert.FromHexString(stored.Sha256);

        public Caller Caller { get; } = Caller.Of(stored);
    }
}
