namespace Semblance.Embedding;

/// <summary>How crops become vectors. A change makes another contract.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>Adds the embedding of the mirrored crop before normalising: twice the time, a little more exact.</summary>
    public bool Flip { get; init; }
}
