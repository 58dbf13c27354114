using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;
using Semblance.Gallery.Tests.Search.Kernels;

namespace Semblance.Gallery.Tests.Search;

public class VectorIndexTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds { get; } = ["float", "portable", "avx2", "avx-vnni"];

    internal static ChunkedVectorIndex Create(string kind, int dimension, VectorShelf shelf) =>
        kind == "float" ? new FloatVectorIndex(dimension) : new Int8VectorIndex(dimension, shelf, Int8KernelTests.Kernel(kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_finds_what_a_plain_loop_finds(string kind)
    {
        foreach (
            (int count, int dimension, int k) in ((int, int, int)[])
                [(1, 3, 1), (300, 1, 4), (3000, 64, 10), (2500, 100, 7), (5000, 512, 3), (10, 16, 50)]
        )
            AssertExact(kind, RandomVectors.Uniform(count, dimension, count), RandomVectors.Uniform(37, dimension, 99), dimension, k);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_tells_references_apart_that_quantising_cannot(string kind)
    {
        // All within a few thousandths of one another: far closer than a byte resolves.
        float[] references = RandomVectors.Groups(3000, 512, 2, 0.003, 7);
        AssertExact(kind, references, RandomVectors.Groups(33, 512, 2, 0.003, 7), 512, 5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_orders_equal_scores_by_id(string kind)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Create(kind, 4, shelf);
        foreach (long id in (long[])[50, 3, 77, 12, -9])
            Put(index, shelf, id, [0.6f, 0.8f, 0, 0]);
        Put(index, shelf, 1, [1, 0, 0, 0]);
        Assert.Equal([-9L, 3, 12], index.SearchOne(new float[] { 0, 1, 0, 0 }, new() { Count = 3 }, Stop).Select(hit => hit.Id));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_takes_extreme_vectors(string kind)
    {
        float[] references = [0, 0, 0, 1, -1, 1, 1e-35f, 0, 0, 1e6f, -1e6f, 1e6f, 1e-3f, 1e6f, 0];
        AssertExact(kind, references, [1, 1, 1, 0, 0, 0, 1e6f, -3, 2, 1e-38f, 0, 0], 3, 2);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_agrees_with_a_plain_loop_after_random_updates(string kind)
    {
        const int Dimension = 32;
        Random random = new(5);
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Create(kind, Dimension, shelf);
        for (int round = 0; round < 20; round++)
        {
            for (int step = 0; step < 300; step++)
            {
                long id = random.Next(2500);
                if (random.Next(3) == 0)
                {
                    shelf.Take(id);
                    Assert.Equal(index.Contains(id), index.Remove(id));
                }
                else
                {
                    Put(index, shelf, id, RandomVectors.Uniform(1, Dimension, random.Next()));
                }
            }
            Assert.Equal(shelf.All.Count(), index.Count);
            float[] queries = RandomVectors.Uniform(5, Dimension, 1000 + round);
            AssertSame(shelf, index, queries, Dimension, new() { Count = 4 });
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_leaves_out_low_scores_and_what_the_filter_refuses(string kind)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Fill(kind, RandomVectors.Uniform(4000, 64, 21), 64, shelf);
        float[] queries = RandomVectors.Uniform(9, 64, 22);
        AssertSame(shelf, index, queries, 64, new() { Count = 50, MinimumScore = 0.3f });
        AssertSame(shelf, index, queries, 64, new() { Count = 5, Filter = id => id % 3 == 0 });
        Assert.All(index.Search(queries, new() { Count = 50, MinimumScore = 2 }, Stop), Assert.Empty);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_gives_the_same_alone_in_a_batch_and_with_any_number_of_threads(string kind)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Fill(kind, RandomVectors.Uniform(6000, 96, 31), 96, shelf);
        float[] queries = RandomVectors.Uniform(70, 96, 32);
        IReadOnlyList<IReadOnlyList<VectorHit>> batch = index.Search(queries, new() { Count = 6, Threads = 3 }, Stop);
        Assert.Equal(70, batch.Count);
        for (int i = 0; i < 70; i++)
            Assert.Equal(index.SearchOne(queries.AsMemory(i * 96, 96), new() { Count = 6, Threads = 1 }, Stop), batch[i]);
    }

    [Fact]
    public void Quantised_search_reads_few_float_vectors()
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = new Int8VectorIndex(512, shelf);
        Fill(index, RandomVectors.Uniform(20_000, 512, 41), 512, shelf);
        index.Search(RandomVectors.Uniform(100, 512, 42), cancellationToken: Stop);
        Assert.InRange(shelf.Reads, 100, 100 * 20);
    }

    [Fact]
    public void Quantised_search_passes_over_references_gone_from_the_store()
    {
        VectorShelf shelf = new();
        float[] references = RandomVectors.Groups(500, 64, 1, 0.01, 51);
        using ChunkedVectorIndex index = Fill("portable", references, 64, shelf);
        for (long id = 0; id < 500; id += 2)
            shelf.Take(id);
        AssertSame(shelf, index, RandomVectors.Groups(8, 64, 1, 0.01, 51), 64, new() { Count = 3 });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Search_beside_updates_meets_no_torn_row_and_misses_no_row_that_stays(string kind)
    {
        const int Dimension = 128,
            Fixed = 1500;
        VectorShelf shelf = new();
        float[] stay = RandomVectors.Uniform(Fixed, Dimension, 61);
        using ChunkedVectorIndex index = Fill(kind, stay, Dimension, shelf);
        using CancellationTokenSource stop = new();
        Task[] writers =
        [
            .. Enumerable
                .Range(1, 2)
                .Select(writer =>
                    Task.Run(() =>
                    {
                        Random random = new(writer);
                        while (!stop.IsCancellationRequested)
                        {
                            long id = 10_000 * writer + random.Next(1200);
                            if (random.Next(2) == 0)
                                Put(index, shelf, id, RandomVectors.Uniform(1, Dimension, random.Next()));
                            else if (index.Remove(id))
                                shelf.Take(id);
                        }
                    })
                ),
        ];
        for (int i = 0; i < Fixed; i += 3)
        {
            VectorHit best = index.SearchOne(stay.AsMemory(i * Dimension, Dimension), new() { Threads = 2 }, Stop)[0];
            Assert.Equal(i, best.Id);
            Assert.Equal(1, best.Score, 5);
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        AssertSame(shelf, index, RandomVectors.Uniform(20, Dimension, 62), Dimension, new() { Count = 5 });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Index_refuses_wrong_lengths_and_components_and_stays_as_it_was(string kind)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Create(kind, 4, shelf);
        Assert.Throws<ArgumentException>(() => index.Upsert([1, 2], new float[7]));
        Assert.Throws<ArgumentException>(() => index.Upsert([1, 2], [1, 0, 0, 0, 0, float.NaN, 0, 0]));
        Assert.Throws<ArgumentException>(() => index.Upsert(1, [1, 0, float.PositiveInfinity, 0]));
        Assert.Equal(0, index.Count);
        Assert.Throws<ArgumentException>(() => index.Search(new float[] { 1, 0, 0 }, cancellationToken: Stop));
        Assert.Throws<ArgumentException>(() => index.SearchOne(new float[] { 1, 0, 0, float.NaN }, cancellationToken: Stop));
        Assert.Throws<ArgumentException>(() => index.SearchOne(new float[4], new() { Count = 0 }, Stop));
        Assert.Empty(index.SearchOne(new float[4], cancellationToken: Stop));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Search_ends_when_cancelled(string kind)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Fill(kind, RandomVectors.Uniform(3000, 16, 71), 16, shelf);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            index.SearchOne(new float[16], new() { Threads = 2 }, new CancellationToken(true))
        );
    }

    private static void AssertExact(string kind, float[] references, float[] queries, int dimension, int k)
    {
        VectorShelf shelf = new();
        using ChunkedVectorIndex index = Fill(kind, references, dimension, shelf);
        AssertSame(shelf, index, queries, dimension, new() { Count = k });
    }

    /// <summary>The expected scores are computed by the float kernel, pair by pair, so they are compared bit by bit.</summary>
    private static unsafe void AssertSame(
        VectorShelf shelf,
        ChunkedVectorIndex index,
        float[] queries,
        int dimension,
        VectorSearchOptions options
    )
    {
        int stride = (dimension + FloatKernel.StrideComponents - 1) / FloatKernel.StrideComponents * FloatKernel.StrideComponents;
        AlignedBuffer<float> query = new(stride),
            reference = new(stride);
        query.Span.Clear();
        reference.Span.Clear();
        IReadOnlyList<IReadOnlyList<VectorHit>> found = index.Search(queries, options, Stop);
        for (int i = 0; i < found.Count; i++)
        {
            queries.AsSpan(i * dimension, dimension).CopyTo(query.Span);
            List<VectorHit> expected = [];
            foreach ((long id, float[] vector) in shelf.All.Where(entry => options.Filter?.Invoke(entry.Key) != false))
            {
                vector.CopyTo(reference.Span);
                expected.Add(new(id, FloatKernel.Dot(reference.Pointer, query.Pointer, stride)));
            }
            Assert.Equal(
                expected
                    .Where(hit => hit.Score >= options.MinimumScore)
                    .OrderByDescending(hit => hit.Score)
                    .ThenBy(hit => hit.Id)
                    .Take(options.Count),
                found[i]
            );
        }
    }

    private static ChunkedVectorIndex Fill(string kind, float[] references, int dimension, VectorShelf shelf)
    {
        ChunkedVectorIndex index = Create(kind, dimension, shelf);
        Fill(index, references, dimension, shelf);
        return index;
    }

    private static void Fill(ChunkedVectorIndex index, float[] references, int dimension, VectorShelf shelf)
    {
        long[] ids = [.. Enumerable.Range(0, references.Length / dimension).Select(id => (long)id)];
        foreach (long id in ids)
            shelf.Put(id, references.AsSpan((int)id * dimension, dimension));
        index.Upsert(ids, references);
    }

    private static void Put(ChunkedVectorIndex index, VectorShelf shelf, long id, float[] vector)
    {
        shelf.Put(id, vector);
        index.Upsert(id, vector);
    }
}
