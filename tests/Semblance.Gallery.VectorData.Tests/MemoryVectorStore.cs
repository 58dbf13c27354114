using System.Collections.Concurrent;
using Microsoft.Extensions.VectorData;

namespace Semblance.Gallery.VectorData.Tests;

/// <summary>A vector store in memory: exact search, compiled filters, records copied on the way in and out.</summary>
internal sealed class MemoryVectorStore : VectorStore
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<object, object>> _collections = [];

    /// <summary>Writes of records and deletions that still succeed; from then on they fail, as they would on a lost connection.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(
        string name,
        VectorStoreCollectionDefinition? definition = null
    ) => new MemoryCollection<TKey, TRecord>(this, name, definition ?? throw new NotSupportedException("a definition is needed"));

    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(
        string name,
        VectorStoreCollectionDefinition definition
    ) => throw new NotSupportedException();

    public override IAsyncEnumerable<string> ListCollectionNamesAsync(CancellationToken cancellationToken = default) =>
        _collections.Keys.ToAsyncEnumerable();

    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        Task.FromResult(_collections.ContainsKey(name));

    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        _collections.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) => null;

    internal void EnsureExists(string name) => _collections.TryAdd(name, []);

    internal ConcurrentDictionary<object, object> Records(string name) =>
        _collections.TryGetValue(name, out ConcurrentDictionary<object, object>? records)
            ? records
            : throw new VectorStoreException($"there is no collection {name}");

    internal void CountWrite()
    {
        if (WritesLeft-- <= 0)
            throw new VectorStoreException("the connection was lost");
    }
}
