using System.Globalization;
using System.Text;
using Semblance.Files;
using Semblance.Json;
using Semblance.Models;

namespace Semblance.Caching;

/// <summary>
/// Analyses of picture files, kept in a <see cref="ContentCache"/>, so that a folder that was analysed once is not analysed again.
/// Thread-safe, and several processes may use one folder.
/// </summary>
/// <param name="folder">Where it lies; made when something is kept, readable for its owner alone: it holds biometric data.</param>
/// <param name="warn">Told of files that are of no use and of a folder that cannot be written; null for nobody.</param>
/// <remarks>
/// A file is known by its path, size and time of change; where these are new, by its content, so that copies and moved files are known
/// too.
/// </remarks>
public sealed class AnalysisCache(string folder, Action<string>? warn = null)
{
    private const int HashLength = 64;

    private static readonly ResultMaker Seen = ResultMaker.Of("content of a file");

    private readonly ContentCache _cache = new(folder, warn);

    /// <summary>Where analyses are kept by default: in <see cref="ModelCatalog.Home"/>.</summary>
    public static string DefaultFolder => Path.Combine(ModelCatalog.Home, "cache", "faces");

    /// <summary>Where it lies.</summary>
    public string Folder => _cache.Folder;

    /// <summary>What is known about a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maker">What made the analysis; another maker's results are others.</param>
    /// <returns>The analysis with the path as its input, or null.</returns>
    public ImageAnalysis? Find(string path, ResultMaker maker)
    {
        try
        {
            string seen = SeenKey(path);
            string? known = _cache.Find(seen, Seen, bytes => Encoding.ASCII.GetString(bytes.Span)),
                content = known is { Length: HashLength } ? known : ContentOf(path);
            ImageAnalysis? analysis = _cache.Find(content, maker, bytes =>
                SemblanceJson.DeserializeAnalysis(Encoding.UTF8.GetString(bytes.Span)) with
                {
                    Input = path,
                }
            );
            if (analysis is not null && known is null)
                _cache.Keep(seen, Seen, Encoding.ASCII.GetBytes(content));
            return analysis;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The picture itself cannot be read: whoever analyses it says so.
            return null;
        }
    }

    /// <summary>Keeps an analysis; failed ones are not kept.</summary>
    /// <param name="path">The file that was analysed.</param>
    /// <param name="maker">What made the analysis.</param>
    /// <param name="analysis">What was found.</param>
    public void Keep(string path, ResultMaker maker, ImageAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Error is not null)
            return;
        try
        {
            string content = ContentOf(path);
            _cache.Keep(content, maker, Encoding.UTF8.GetBytes(SemblanceJson.Serialize(analysis with { Input = "", Timings = null })));
            _cache.Keep(SeenKey(path), Seen, Encoding.ASCII.GetBytes(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The picture went away meanwhile: its analysis belongs to nothing.
        }
    }

    /// <summary>Removes all that is kept.</summary>
    public void Clear() => _cache.Clear();

    private static string SeenKey(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        return string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
    }

    private static string ContentOf(string path)
    {
        using FileStream file = RegularFile.Open(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
    }
}
