namespace Semblance.Gallery.Albums;

/// <summary>A filing was cancelled between two files; what was done stands in its log.</summary>
/// <param name="filed">Files that came into being.</param>
/// <param name="log">What undoes it; null where nothing was done.</param>
/// <param name="cancellationToken">What cancelled it.</param>
public sealed class FilingCancelledException(int filed, string? log, CancellationToken cancellationToken)
    : OperationCanceledException("the filing was cancelled", cancellationToken)
{
    /// <summary>Files that came into being.</summary>
    public int Filed { get; } = filed;

    /// <summary>What undoes it; null where nothing was done.</summary>
    public string? Log { get; } = log;
}
