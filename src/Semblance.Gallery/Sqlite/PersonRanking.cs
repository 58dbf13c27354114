using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>A person and their best reference, by numbers in the file, and what they are ranked by: similarity and bias.</summary>
internal readonly record struct NumberedHit(IndexKey Key, float Rank, float Bias);

/// <summary>From similar references to similar people.</summary>
internal static class PersonRanking
{
    /// <summary>References asked for per person wanted; most people have fewer among the best.</summary>
    private const int FirstGuess = 4;

    /// <summary>Searches until every probe has its people, and all that are as similar as the last of them.</summary>
    public static IReadOnlyList<IReadOnlyList<NumberedHit>> Search(
        IVectorIndex index,
        PersonSearch search,
        Func<long, bool>? filter,
        CancellationToken cancellationToken
    )
    {
        int dimension = index.Dimension;
        float[] queries = new float[search.Probes.Count * dimension];
        for (int i = 0; i < search.Probes.Count; i++)
            search.Probes[i].CopyTo(queries.AsMemory(i * dimension, dimension));
        VectorSearchOptions options = new() { Count = (search.Count + 1) * FirstGuess, Filter = filter };
        IReadOnlyList<IReadOnlyList<VectorHit>> hits = index.Search(queries, options, cancellationToken);
        IReadOnlyList<NumberedHit>[] ranked = new IReadOnlyList<NumberedHit>[search.Probes.Count];
        for (int i = 0; i < ranked.Length; i++)
        {
            IReadOnlyList<VectorHit> own = hits[i];
            for (int count = options.Count; ; )
            {
                ranked[i] = BestOfEach(own);
                if (own.Count < count || IsDecided(ranked[i], own, search.Count))
                    break;
                count *= FirstGuess;
                own = index.SearchOne(queries.AsMemory(i * dimension, dimension), options with { Count = count }, cancellationToken);
            }
        }
        return ranked;
    }

    /// <summary>Whether there are people enough and no further reference could tie with the last of them.</summary>
    private static bool IsDecided(IReadOnlyList<NumberedHit> people, IReadOnlyList<VectorHit> hits, int wanted) =>
        people.Count >= wanted && hits[^1].Score < people[wanted - 1].Rank;

    /// <summary>The first hit of every person; hits come best first, of equal ones the older reference.</summary>
    private static List<NumberedHit> BestOfEach(IReadOnlyList<VectorHit> hits)
    {
        HashSet<int> seen = [];
        List<NumberedHit> people = [];
        foreach (VectorHit hit in hits)
        {
            IndexKey key = IndexKey.Of(hit.Id);
            if (seen.Add(key.Person))
                people.Add(new(key, hit.Score, hit.Bias));
        }
        return people;
    }
}
