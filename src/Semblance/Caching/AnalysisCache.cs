using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Semblance.Files;
using Semblance.Json;
using Semblance.Models;

namespace Semblance.Caching;

/// <summary>
/// Results of analyses, kept by what is in a picture's file and by what made them, so that a folder that was analysed once is not analysed
/// again. Thread-safe, and several processes may use one folder.
/// </summary>
/// <param name="folder">Where it lies; made when something is kept, readable for its owner alone: it holds biometric data.</param>
/// <remarks>
/// A file is known by its path, size and time of change; where these are new, by its content, so that copies and moved files are known
/// too. What cannot be read is as if it were not there.
/// </remarks>
public sealed class AnalysisCache(string folder)
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The cache in <see cref="ModelCatalog.Home"/>.</summary>
    public static AnalysisCache Default => new(Path.Combine(ModelCatalog.Home, "cache", "faces"));

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>What is known about a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maker">What made the analysis; another maker's results are others.</param>
    /// <returns>The analysis with the path as its input, or null.</returns>
    public ImageAnalysis? Find(string path, string maker)
    {
        try
        {
            string seen = SeenFile(path);
            string? content = File.Exists(seen) ? File.ReadAllText(seen) : null;
            if (content is not { Length: 2 * SHA256.HashSizeInBytes })
            {
                content = ContentOf(path);
                string kept = KeptFile(content, maker);
                if (!File.Exists(kept))
                    return null;
                Write(seen, content);
            }
            string file = KeptFile(content, maker);
            return File.Exists(file) ? SemblanceJson.DeserializeAnalysis(File.ReadAllText(file)) with { Input = path } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FileWriteException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an analysis; failed ones are not kept, and where it cannot be written nothing is kept.</summary>
    /// <param name="path">The file that was analysed.</param>
    /// <param name="maker">What made the analysis.</param>
    /// <param name="analysis">What was found.</param>
    public void Keep(string path, string maker, ImageAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Error is not null)
            return;
        try
        {
            string content = ContentOf(path);
            Write(KeptFile(content, maker), SemblanceJson.Serialize(analysis with { Input = "", Timings = null }));
            Write(SeenFile(path), content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FileWriteException)
        {
            // A full disk or a folder that may not be written slows the next run, nothing else.
        }
    }

    /// <summary>Removes all that is kept.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private string SeenFile(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        string key = string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
        return InFolder("seen", HashOf(key), "");
    }

    private string KeptFile(string content, string maker) => InFolder("kept", HashOf(content + "|" + maker), ".json");

    private string InFolder(string kind, string hash, string ending) => Path.Combine(Folder, kind, hash[..2], hash[2..] + ending);

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string ContentOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private void Write(string path, string text)
    {
        foreach (string part in new[] { Folder, Path.GetDirectoryName(path)! })
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(part);
            else
                Directory.CreateDirectory(part, OwnerAlone);
        }
        AtomicFile.WriteAllText(path, text, FileReaders.OwnerAlone);
    }
}
