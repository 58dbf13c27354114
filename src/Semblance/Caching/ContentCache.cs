using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Semblance.Files;

namespace Semblance.Caching;

/// <summary>
/// Results that are kept by the hash of what they were made of and by what made them (see <see cref="ResultMaker"/>): a picture that was
/// worked on once is not worked on again, an interrupted run goes on where it stopped, and nothing that depends on anything else is ever
/// given back. Thread-safe, and any number of processes may use one folder at a time.
/// </summary>
/// <remarks>
/// One file a result, written whole or not at all and readable for its owner alone: it may hold biometric data. A file says which result it
/// is and the hash of its content; one that is damaged or that something else wrote is as if it were not there, and is said to be so.
/// </remarks>
/// <param name="folder">Where it lies; made when something is kept.</param>
/// <param name="warn">Told of files that are of no use and of a folder that cannot be written; null for nobody.</param>
public sealed class ContentCache(string folder, Action<string>? warn = null)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string ResultsFolder = "results";
    private const string Mark = "semblance-result";

    /// <summary>Larger files were not written here.</summary>
    private const long LargestFile = 256L << 20;

    /// <summary>Useless files that are named; a damaged disk would else fill the screen.</summary>
    private const int MostNamed = 3;

    private int _damaged,
        _unwritten,
        _looked;

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>Lower case hexadecimal SHA-256.</summary>
    /// <param name="bytes">What is hashed.</param>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A result.</summary>
    /// <param name="content">The hash of what it was made of.</param>
    /// <param name="maker">What made it.</param>
    /// <param name="read">Reads it; a <see cref="JsonException"/> says that it is no such result.</param>
    /// <returns>The result, or null where none is kept.</returns>
    public T? Find<T>(string content, ResultMaker maker, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(maker);
        ArgumentNullException.ThrowIfNull(read);
        LookOnce();
        string key = KeyOf(content, maker),
            path = PathOf(key);
        if (!File.Exists(path))
            return null;
        try
        {
            byte[] bytes = RegularFile.ReadAllBytes(path, LargestFile);
            if (ContentOf(bytes, key) is { } kept)
                return read(kept);
            SayDamaged(path, "it was damaged, or something else wrote it");
        }
        catch (JsonException e)
        {
            SayDamaged(path, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SayDamaged(path, e.Message);
        }
        return null;
    }

    /// <summary>Keeps a result; where it cannot be written the next run is slower, nothing else.</summary>
    /// <param name="content">The hash of what it was made of.</param>
    /// <param name="maker">What made it.</param>
    /// <param name="result">The result.</param>
    public void Keep(string content, ResultMaker maker, ReadOnlySpan<byte> result)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(maker);
        string key = KeyOf(content, maker),
            path = PathOf(key);
        byte[] head = Encoding.ASCII.GetBytes(HeadOf(key, result)),
            bytes = new byte[head.Length + result.Length];
        head.CopyTo(bytes, 0);
        result.CopyTo(bytes.AsSpan(head.Length));
        try
        {
            foreach (string part in new[] { Folder, Path.Combine(Folder, ResultsFolder), Path.GetDirectoryName(path)! })
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(part);
                else
                    Directory.CreateDirectory(part, OwnerAlone);
            }
            AtomicFile.WriteAllBytes(path, bytes, FileReaders.OwnerAlone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FileWriteException)
        {
            if (Interlocked.Exchange(ref _unwritten, 1) == 0)
                warn?.Invoke($"{Folder}: results cannot be kept, so the next run does this work again: {e.Message}");
        }
    }

    /// <summary>Removes all that is kept.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private static string KeyOf(string content, ResultMaker maker) => HashOf(Encoding.UTF8.GetBytes(content + "\n" + maker.Text));

    private static string HeadOf(string key, ReadOnlySpan<byte> result) => $"{Mark} {key} {HashOf(result)}\n";

    private static ReadOnlyMemory<byte>? ContentOf(byte[] bytes, string key)
    {
        int end = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        ReadOnlyMemory<byte> content = bytes.AsMemory(end);
        bool isWhole = bytes.AsSpan(0, end).SequenceEqual(Encoding.ASCII.GetBytes(HeadOf(key, content.Span)));
        // Not "content : null", which would be empty memory.
        return isWhole ? content : (ReadOnlyMemory<byte>?)null;
    }

    private string PathOf(string key) => Path.Combine(Folder, ResultsFolder, key[..2], key[2..]);

    private void SayDamaged(string path, string why)
    {
        int number = Interlocked.Increment(ref _damaged);
        if (number <= MostNamed)
            warn?.Invoke($"{path} is of no use and is made again: {why}" + (number == MostNamed ? "; further ones are not named" : ""));
    }

    /// <summary>Says once what else lies in the folder, e.g. results of an earlier version, which nobody uses any more.</summary>
    private void LookOnce()
    {
        if (Interlocked.Exchange(ref _looked, 1) != 0 || warn is null)
            return;
        try
        {
            string[] others = Directory.Exists(Folder)
                ? [.. Directory.EnumerateFileSystemEntries(Folder).Where(entry => Path.GetFileName(entry) != ResultsFolder)]
                : [];
            if (others.Length > 0)
                warn($"{Folder} holds {others.Length} entries that are not used, e.g. {Path.GetFileName(others.Order().First())}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            warn($"{Folder} cannot be read: {e.Message}");
        }
    }
}
