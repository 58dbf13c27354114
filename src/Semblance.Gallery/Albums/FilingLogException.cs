namespace Semblance.Gallery.Albums;

/// <summary>A file is no log of a sorting.</summary>
public sealed class FilingLogException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line that is none of a log, from 1.</param>
    /// <param name="inner">The cause.</param>
    public FilingLogException(string path, int line, Exception inner)
        : base(FormattableString.Invariant($"{path}: line {line} is no step of a sorting"), inner) { }

    /// <inheritdoc/>
    public override string Code => "filing-log";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.Usage;
}
