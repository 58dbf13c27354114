using static System.FormattableString;

namespace Semblance.Models.Pulling;

/// <summary>Whether a download fits on the disk, before it fills it.</summary>
internal static class DiskSpace
{
    /// <exception cref="PullException">It does not fit.</exception>
    public static void Require(string model, string path, long? bytes)
    {
        if (bytes is not { } needed || FreeAt(path) is not { } free || free >= needed)
            return;
        throw new PullException(
            model,
            Invariant($"the disk is full: {needed:N0} bytes are needed below {Path.GetDirectoryName(path)}, {free:N0} are free")
        );
    }

    /// <summary>Free bytes where a file lies; null when the system does not say.</summary>
    private static long? FreeAt(string path)
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
