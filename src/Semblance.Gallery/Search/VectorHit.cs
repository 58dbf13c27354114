namespace Semblance.Gallery.Search;

/// <summary>A reference found by a search.</summary>
/// <param name="Id">The id it was added under.</param>
/// <param name="Score">Exact float32 inner product with the query (the cosine of unit vectors, -1 to 1 up to rounding) plus the
/// bias.</param>
/// <param name="Bias">What was added to the product.</param>
public readonly record struct VectorHit(long Id, float Score, float Bias = 0);
