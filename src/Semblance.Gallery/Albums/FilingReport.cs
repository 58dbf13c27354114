namespace Semblance.Gallery.Albums;

/// <summary>What became of an album's pictures.</summary>
/// <param name="Filed">Files that came into being: copies, links, moved pictures.</param>
/// <param name="AlreadyThere">Pictures that stood in their folders before.</param>
/// <param name="Failed">Pictures that could not be filed, and why.</param>
/// <param name="Log">What undoes it; null where nothing was done.</param>
public sealed record FilingReport(int Filed, int AlreadyThere, IReadOnlyList<(string Picture, string Problem)> Failed, string? Log);
