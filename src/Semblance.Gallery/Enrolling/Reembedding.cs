using Semblance.Alignment;
using Semblance.Embedding;

namespace Semblance.Gallery.Enrolling;

/// <summary>Makes all references anew from kept crops by another embedder, all of them or none.</summary>
public static class Reembedding
{
    private const int Batch = 16;

    /// <summary>Embeds anew.</summary>
    /// <param name="gallery">Keeps crops.</param>
    /// <param name="embedder">The new embedder.</param>
    /// <param name="progress">Told after each batch how many references are done.</param>
    /// <param name="cancellationToken">Stops the work; then everything stays as it was.</param>
    /// <returns>How many references were made.</returns>
    /// <exception cref="GalleryException">A reference has no crop.</exception>
    public static Task<int> RunAsync(
        FaceGallery gallery,
        IFaceEmbedder embedder,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(gallery);
        ArgumentNullException.ThrowIfNull(embedder);
        return gallery.ReplaceVectorsAsync(
            GalleryContract.Of(embedder),
            async (references, readCrop) =>
            {
                List<FaceReference> made = [];
                foreach (FaceReference[] batch in references.Chunk(Batch))
                {
                    List<AlignedFace> crops = [];
                    foreach (FaceReference reference in batch)
                        crops.Add(CropPng.Decode(await readCrop(reference.Id).ConfigureAwait(false), reference.Id));
                    IReadOnlyList<FaceEmbedding> embeddings = embedder.Embed(crops.ToArray(), cancellationToken);
                    made.AddRange(
                        batch.Zip(embeddings, (reference, embedding) =>
                            reference with
                            {
                                Vector = embedding.Vector,
                                Norm = embedding.Norm,
                                Baseline = embedding.Baseline,
                            }
                        )
                    );
                    progress?.Report(made.Count);
                }
                return made;
            },
            cancellationToken
        );
    }
}
