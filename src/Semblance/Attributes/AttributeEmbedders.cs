using Semblance.Embedding;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>
/// The embedders behind attribute networks that take an embedding: the network of the line's own embedder where it gives the vectors that
/// an attribute network was fitted to, else a model of the catalogue, one for all that ask for it. Thread-safe.
/// </summary>
/// <param name="line">The embedder of the line; null where there is no line.</param>
/// <param name="catalog">Where others are looked up.</param>
/// <param name="execution">Where they run.</param>
internal sealed class AttributeEmbedders(Func<IFaceEmbedder>? line, ModelCatalog catalog, ExecutionOptions execution) : IDisposable
{
    private readonly Dictionary<string, OnnxFaceEmbedder> _others = [];

    /// <summary>The embedder for an attribute network; it stays with this object, or with the line.</summary>
    /// <param name="model">Catalogue id of the attribute network, for messages.</param>
    /// <param name="wanted">What its manifest asks for.</param>
    /// <exception cref="ModelException">The embedder is not installed, or the installed one gives other vectors.</exception>
    public IFaceEmbedder For(string model, ModelEmbedding wanted)
    {
        IFaceEmbedder? own = line?.Invoke();
        if (own is OnnxFaceEmbedder network && network.Plain(wanted.Contract) is { } plain)
            return plain;
        if (own?.Contract == wanted.Contract)
            return own;
        lock (_others)
        {
            if (!_others.TryGetValue(wanted.Model, out OnnxFaceEmbedder? other))
                _others[wanted.Model] = other = new(Find(model, wanted), execution: execution);
            return other.Plain(wanted.Contract)
                ?? throw new ModelException(
                    model,
                    $"was fitted to embeddings of the contract '{wanted.Contract}'; the installed {wanted.Model} gives '{other.Contract}'"
                );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_others)
        {
            foreach (OnnxFaceEmbedder other in _others.Values)
                other.Dispose();
        }
    }

    private InstalledModel Find(string model, ModelEmbedding wanted)
    {
        try
        {
            return catalog.Find(wanted.Model, ModelKind.Embedder);
        }
        catch (ModelException e)
        {
            throw new ModelException(model, $"needs the embeddings of another model: {e.Message}", e) { Remedy = e.Remedy };
        }
    }
}
