namespace Semblance.Gallery.Search;

/// <summary>What a search returns.</summary>
public sealed record VectorSearchOptions
{
    /// <summary>The default options: the best one.</summary>
    public static VectorSearchOptions Default { get; } = new();

    /// <summary>How many references a query gets at most; 1 by default.</summary>
    public int Count { get; init; } = 1;

    /// <summary>References below this score are left out; none by default.</summary>
    public float MinimumScore { get; init; } = float.NegativeInfinity;

    /// <summary>Ids for which it is false are passed over; called from several threads, only for rows that would otherwise enter the
    /// result.</summary>
    public Func<long, bool>? Filter { get; init; }

    /// <summary>Threads that share the rows; all processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">A value lies outside its range.</exception>
    internal void Validate()
    {
        if (Count < 1)
            throw new ArgumentException($"{nameof(Count)} is {Count}; it is at least 1.");
        if (Threads < 1)
            throw new ArgumentException($"{nameof(Threads)} is {Threads}; it is at least 1.");
        if (float.IsNaN(MinimumScore))
            throw new ArgumentException($"{nameof(MinimumScore)} is not a number.");
    }
}
