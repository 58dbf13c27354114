namespace Semblance.Files;

/// <summary>A file could not be written; what was there before is as it was.</summary>
public sealed class FileWriteException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why not.</param>
    /// <param name="inner">The cause, if any.</param>
    public FileWriteException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>The file that could not be written.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string Code => "file-write";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Storage;
}
