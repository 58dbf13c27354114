namespace Semblance.Models.Installing;

/// <summary>
/// A hidden folder beside models, in which one is put together. It is removed when it is disposed of; those that processes left behind
/// which were killed are removed when the next one is made.
/// </summary>
public sealed class StagingFolder : IDisposable
{
    private const string Prefix = ".staging-",
        LockName = "lock";

    /// <summary>A folder so young may still be without its lock.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    private readonly string _root;
    private readonly FileStream _lock;

    private StagingFolder(string root, FileStream held) => (_root, _lock) = (root, held);

    /// <summary>Where the model is put together.</summary>
    public string Path => System.IO.Path.Combine(_root, "model");

    /// <summary>Makes one, on the same disk as the models, so that files are moved and not copied.</summary>
    /// <param name="models">The folder of models; made where it is missing.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static StagingFolder Create(string models)
    {
        Directory.CreateDirectory(models);
        RemoveAbandoned(models);
        string root = System.IO.Path.Combine(models, $"{Prefix}{Guid.NewGuid():N}");
        Directory.CreateDirectory(root);
        StagingFolder folder = new(root, HoldLock(root));
        Directory.CreateDirectory(folder.Path);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    private static FileStream HoldLock(string root) =>
        new(System.IO.Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned(string models)
    {
        foreach (string root in Directory.EnumerateDirectories(models, Prefix + "*"))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(root) < Young && !File.Exists(System.IO.Path.Combine(root, LockName)))
                continue;
            try
            {
                HoldLock(root).Dispose();
                Directory.Delete(root, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, who is still at work on it.
            }
        }
    }
}
