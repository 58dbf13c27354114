using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Files;
using Semblance.Gallery.Privacy;

namespace Semblance.Server.Keys;

/// <summary>
/// The file with the keys. Changes are written whole to a temporary file that is then moved, readable by its owner alone; a running service
/// sees them within a second.
/// </summary>
public sealed class KeyFile
{
    private const long LargestFile = 64L << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly TimeProvider _clock;

    /// <summary>Takes a file, which need not be there yet.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="clock">Tells the time; null for the system's.</param>
    public KeyFile(string path, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, _clock) = (path, clock ?? TimeProvider.System);
    }

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>All keys in the order in which they were made; empty when there is no file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ArgumentException">It is no file of keys.</exception>
    public IReadOnlyList<StoredKey> Read()
    {
        if (!File.Exists(Path))
            return [];
        try
        {
            IReadOnlyList<StoredKey> keys = JsonSerializer.Deserialize<Document>(RegularFile.ReadAllBytes(Path, LargestFile), Json)?.Keys
                ?? [];
            foreach (StoredKey? key in keys)
            {
                if (key is null || key.Roles.Any(role => role is null))
                    throw new JsonException("a key or a role is null");
                if (key.Sha256.Length != 2 * SHA256.HashSizeInBytes || !key.Sha256.All(char.IsAsciiHexDigit))
                    throw new JsonException($"the hash of the key '{key.Id}' is none");
                _ = RoleNames.Parse(key.Roles);
                if (key.RequestsPerMinute < 1)
                    throw new ArgumentException(
                        $"{Path}: the key '{key.Id}' may ask {key.RequestsPerMinute} times a minute; 1 is the least"
                    );
            }
            return keys;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{Path} is no file of keys: {e.Message}", e);
        }
    }

    /// <summary>Makes a key.</summary>
    /// <exception cref="ArgumentException">The draft has no name or no role.</exception>
    public NewKey Create(KeyDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        draft.Validate(_clock.GetUtcNow());
        string id = KeyText.NewId(),
            text = draft.CompreFace is null ? KeyText.New(id) : KeyText.NewGuidShaped();
        StoredKey key = new()
        {
            Id = id,
            Name = draft.Name,
            Roles = RoleNames.Of(draft.Roles),
            Gallery = draft.Gallery,
            Sha256 = KeyText.HashOf(text),
            CompreFace = draft.CompreFace,
            RequestsPerMinute = draft.RequestsPerMinute,
            NamesNearest = draft.NamesNearest,
            CreatedAt = Now(),
            ExpiresAt = draft.ExpiresAt,
        };
        Change(keys => [.. keys, key]);
        return new(key, text);
    }

    /// <summary>Gives a key another secret; the old text is refused from then on.</summary>
    /// <exception cref="KeyNotFoundException">There is no key of that id.</exception>
    public NewKey Rotate(string id)
    {
        NewKey? made = null;
        Change(keys =>
            [
                .. keys.Select(key =>
                {
                    if (key.Id != id)
                        return key;
                    string text = key.CompreFace is null ? KeyText.New(id) : KeyText.NewGuidShaped();
                    made = new(key with { Sha256 = KeyText.HashOf(text), CreatedAt = Now() }, text);
                    return made.Key;
                }),
            ]
        );
        return made ?? throw NoKey(id);
    }

    /// <summary>Takes a key back.</summary>
    /// <exception cref="KeyNotFoundException">There is no key of that id.</exception>
    public void Revoke(string id) => Change(keys => keys.Any(key => key.Id == id) ? [.. keys.Where(key => key.Id != id)] : throw NoKey(id));

    private KeyNotFoundException NoKey(string id) => new($"{Path} has no key '{id}'");

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds());

    private void Change(Func<IReadOnlyList<StoredKey>, IReadOnlyList<StoredKey>> change)
    {
        string full = System.IO.Path.GetFullPath(Path);
        PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(full)!);
        // One writer at a time, also among processes.
        using FileStream gate = Lock(full + ".lock");
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(new Document(change(Read())), Json);
        AtomicFile.WriteAllBytes(full, bytes, FileReaders.OwnerAlone);
    }

    private static FileStream Lock(string path)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Sleep(20);
            }
        }
    }

    private sealed record Document(IReadOnlyList<StoredKey> Keys);
}
