using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Semblance.Evaluation.Running;

/// <summary>Opens caches of results.</summary>
public static class ResultCache
{
    /// <summary>A cache that lives as long as the program.</summary>
    /// <param name="type">How results are serialised.</param>
    public static ResultCache<T> InMemory<T>(JsonTypeInfo<T> type)
        where T : class => new(type, null);

    /// <summary>Opens or begins a cache.</summary>
    /// <param name="folder">Where caches lie; made when it is not there.</param>
    /// <param name="settings">Everything that results depend on beside the picture: contract, detector, options.</param>
    /// <param name="type">How results are serialised.</param>
    /// <exception cref="EvaluationException">It cannot be read or written.</exception>
    public static ResultCache<T> Open<T>(string folder, string settings, JsonTypeInfo<T> type)
        where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(settings);
        string path = Path.Combine(folder, $"{typeof(T).Name.ToLowerInvariant()}-{HashOf(Encoding.UTF8.GetBytes(settings))[..16]}.jsonl");
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            FileStream stream = new(path, options);
            StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            ResultCache<T> cache = new(type, writer);
            cache.Load(stream, settings);
            return cache;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: results cannot be kept: {e.Message}", e);
        }
    }

    /// <summary>Lower case hexadecimal SHA-256.</summary>
    /// <param name="bytes">What is hashed.</param>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
