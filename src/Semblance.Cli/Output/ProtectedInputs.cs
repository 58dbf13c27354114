using Semblance.Files;

namespace Semblance.Cli.Output;

/// <summary>Files that a command reads: none of them is ever written over, under whatever name or link it is reached.</summary>
internal sealed class ProtectedInputs(IEnumerable<string> files)
{
    private readonly Lazy<HashSet<FileIdentity>> _identities = new(() => [.. files.Select(FileIdentity.Of).OfType<FileIdentity>()]);

    /// <summary>Why nobody may write there.</summary>
    public const string Reason = "this is one of the inputs, which are never written over; name another file";

    /// <summary>Whether a file that is about to be written is one of them.</summary>
    public bool Contains(string output) => FileIdentity.Of(output) is { } identity && _identities.Value.Contains(identity);

    /// <summary>Checks a file that is about to be written.</summary>
    /// <returns>The same file.</returns>
    /// <exception cref="FileWriteException">It is one of them.</exception>
    public string Spare(string output) => Contains(output) ? throw new FileWriteException(output, Reason) : output;
}
