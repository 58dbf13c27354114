using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace Semblance.Gallery.VectorData.Tests;

/// <summary>One collection of a <see cref="MemoryVectorStore"/>.</summary>
internal sealed class MemoryCollection<TKey, TRecord>(MemoryVectorStore store, string name, VectorStoreCollectionDefinition definition)
    : VectorStoreCollection<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private static readonly PropertyInfo[] Properties =
    [
        .. typeof(TRecord).GetProperties().Where(property => property is { CanRead: true, CanWrite: true }),
    ];

    private readonly PropertyInfo _key = Property<VectorStoreKeyProperty>(definition),
        _vector = Property<VectorStoreVectorProperty>(definition);
    private readonly int _dimension = definition.Properties.OfType<VectorStoreVectorProperty>().Single().Dimensions;

    public override string Name => name;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) =>
        store.CollectionExistsAsync(name, cancellationToken);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default)
    {
        store.EnsureExists(name);
        return Task.CompletedTask;
    }

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) =>
        store.EnsureCollectionDeletedAsync(name, cancellationToken);

    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(
            store.Records(name).TryGetValue(key, out object? record) ? Copy((TRecord)record, options?.IncludeVectors == true) : null
        );
    }

    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await Task.Yield();
        IEnumerable<TRecord> found = store.Records(name).Values.Cast<TRecord>().Where(filter.Compile(preferInterpretation: true));
        IOrderedEnumerable<TRecord>? ordered = null;
        foreach (var sort in options?.OrderBy?.Invoke(new()).Values ?? [])
        {
            Func<TRecord, object?> by = sort.PropertySelector.Compile();
            Comparer<object?> comparer = Comparer<object?>.Create(
                (a, b) => a is string text ? string.CompareOrdinal(text, (string?)b) : Comparer<object?>.Default.Compare(a, b)
            );
            ordered = ordered is null
                ? sort.Ascending
                    ? found.OrderBy(by, comparer)
                    : found.OrderByDescending(by, comparer)
                : sort.Ascending
                    ? ordered.ThenBy(by, comparer)
                    : ordered.ThenByDescending(by, comparer);
        }
        foreach (TRecord record in (ordered ?? found).Skip(options?.Skip ?? 0).Take(top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Copy(record, options?.IncludeVectors == true);
        }
    }

    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlyMemory<float> vector = (ReadOnlyMemory<float>)_vector.GetValue(record)!;
        if (vector.Length != _dimension)
            throw new VectorStoreException($"the vector has {vector.Length} components, {_dimension} are needed");
        store.CountWrite();
        store.Records(name)[_key.GetValue(record)!] = Copy(record, includeVectors: true);
        return Task.CompletedTask;
    }

    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (TRecord record in records)
            await UpsertAsync(record, cancellationToken);
    }

    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.CountWrite();
        store.Records(name).TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue,
        int top,
        VectorSearchOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await Task.Yield();
        ReadOnlyMemory<float> probe = searchValue is ReadOnlyMemory<float> vector
            ? vector
            : throw new NotSupportedException("only vectors are searched for");
        Func<TRecord, bool> filter = options?.Filter?.Compile(preferInterpretation: true) ?? (_ => true);
        var best = store
            .Records(name)
            .Values.Cast<TRecord>()
            .Where(filter)
            .Select(record =>
                (
                    Record: record,
                    Score: TensorPrimitives.CosineSimilarity(probe.Span, ((ReadOnlyMemory<float>)_vector.GetValue(record)!).Span)
                )
            )
            .OrderByDescending(item => item.Score)
            .Skip(options?.Skip ?? 0)
            .Take(top);
        foreach ((TRecord record, float score) in best)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(Copy(record, options?.IncludeVectors == true), score);
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    private TRecord Copy(TRecord record, bool includeVectors)
    {
        TRecord copy = Activator.CreateInstance<TRecord>();
        foreach (PropertyInfo property in Properties)
            if (includeVectors || property != _vector)
                property.SetValue(copy, property.GetValue(record));
        if (includeVectors)
            _vector.SetValue(copy, (ReadOnlyMemory<float>)((ReadOnlyMemory<float>)_vector.GetValue(record)!).ToArray());
        return copy;
    }

    private static PropertyInfo Property<T>(VectorStoreCollectionDefinition definition)
        where T : VectorStoreProperty => typeof(TRecord).GetProperty(definition.Properties.OfType<T>().Single().Name)!;
}
