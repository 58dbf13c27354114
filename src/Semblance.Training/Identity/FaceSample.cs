using Semblance.Files;

namespace Semblance.Training.Identity;

/// <summary>One picture of one person.</summary>
/// <param name="Name">What messages and lists call it: its path, or its number in a record file.</param>
/// <param name="Identity">Index of the person; -1 where nobody knows who it is.</param>
/// <param name="Read">Reads the compressed picture; thread-safe.</param>
internal sealed record FaceSample(string Name, int Identity, Func<byte[]> Read)
{
    /// <summary>Index of nobody.</summary>
    public const int Unknown = -1;

    /// <summary>The most bytes of a compressed picture; larger files are not read.</summary>
    public const long LargestFile = 256L << 20;

    /// <summary>The file that holds it: when that changes, what was made of it is made again.</summary>
    public required string File { get; init; }

    /// <summary>A picture in a file.</summary>
    public static FaceSample OfFile(string path, int identity) =>
        new(path, identity, () => RegularFile.ReadAllBytes(path, LargestFile)) { File = path };
}
