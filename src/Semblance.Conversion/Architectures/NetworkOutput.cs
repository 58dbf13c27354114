namespace Semblance.Conversion.Architectures;

/// <summary>A tensor that comes out.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Role">What it holds: <c>embedding</c>, <c>norm</c>, <c>boxes</c>, <c>scores</c>, <c>landmarks</c>.</param>
/// <param name="Shape">Axes: numbers as text, or names of free ones.</param>
public sealed record NetworkOutput(string Name, string Role, IReadOnlyList<string> Shape)
{
    /// <summary>Embeddings: whether they come as unit vectors.</summary>
    public bool IsUnit { get; init; }
}
