using Microsoft.Extensions.AI;
using Semblance.Imaging;

namespace Semblance.Gallery.VectorData;

/// <summary>
/// Faces as embeddings of Microsoft.Extensions.AI, for pipelines, caches and stores that take any generator: one picture in, the vector of
/// its chosen face out. Thread-safe.
/// </summary>
/// <param name="analyzer">Finds and embeds the faces; stays the caller's.</param>
/// <param name="choice">Which face of a picture; all of them are not possible here.</param>
public sealed class FaceEmbeddingGenerator(IFaceAnalyzer analyzer, FaceChoice choice = FaceChoice.Largest)
    : IEmbeddingGenerator<PictureItem, Embedding<float>>
{
    private const string Provider = "Semblance";

    private readonly FaceChoice _choice =
        choice == FaceChoice.All ? throw new ArgumentException("A picture gives one embedding: choose a face.", nameof(choice)) : choice;

    /// <summary>Embeds pictures.</summary>
    /// <param name="values">The pictures.</param>
    /// <param name="options">A dimension other than the embedder's is refused; the model is that of the analyzer.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>An embedding a picture, in their order; <c>ModelId</c> is the contract, which says what may be compared.</returns>
    /// <exception cref="NoFaceException">A picture shows none.</exception>
    /// <exception cref="SemblanceException">A picture cannot be opened or analysed.</exception>
    /// <exception cref="ArgumentException">Another dimension is asked for.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<PictureItem> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } asked && asked != analyzer.Embedder.Dimension)
            throw new ArgumentException(
                $"{asked} dimensions are asked for, '{analyzer.Embedder.Id}' has {analyzer.Embedder.Dimension}",
                nameof(options)
            );
        AnalysisOptions analysis = new() { Features = FaceFeatures.Embedding, FaceChoice = _choice };
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        // One by one: a picture that fails throws its own error, not that of a batch.
        foreach (PictureItem item in values)
        {
            ImageAnalysis picture = await analyzer.AnalyzeAsync(item, analysis, cancellationToken).ConfigureAwait(false);
            Embedding.FaceEmbedding face = picture.Faces!.FirstOrDefault(found => found.Embedding is not null)?.Embedding
                ?? throw new NoFaceException(item.Name);
            embeddings.Add(new(face.Vector) { ModelId = face.Contract, CreatedAt = DateTimeOffset.UtcNow });
        }
        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(EmbeddingGeneratorMetadata))
            return new EmbeddingGeneratorMetadata(
                Provider,
                defaultModelId: analyzer.Embedder.Contract,
                defaultModelDimensions: analyzer.Embedder.Dimension
            );
        return serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(analyzer) ? analyzer
            : null;
    }

    /// <summary>Nothing: the analyzer is the caller's.</summary>
    public void Dispose() { }
}
