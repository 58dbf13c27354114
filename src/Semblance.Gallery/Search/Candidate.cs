namespace Semblance.Gallery.Search;

/// <summary>A reference that may be among the best.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Upper">Its exact score is at most this.</param>
internal readonly record struct Candidate(long Id, float Upper);
