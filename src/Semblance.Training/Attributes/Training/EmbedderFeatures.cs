using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Attributes.Training;

/// <summary>The vectors of a face embedder as it gives them, of lengths of about 20, that is about 1 a component. Crops are framed for it
/// as the library frames those whose landmarks nobody found.</summary>
/// <param name="embedder">The embedder.</param>
/// <param name="cropper">Frames crops.</param>
internal sealed class EmbedderFeatures(IFaceEmbedder embedder, FaceCropper cropper) : IFeatureSource
{
    private const int Batch = 64;

    public int Width => embedder.Dimension;

    public float[] Compute(IReadOnlyList<FaceCrop> crops, CancellationToken cancellationToken)
    {
        float[] features = new float[crops.Count * Width];
        for (int first = 0; first < crops.Count; first += Batch)
        {
            AlignedFace[] faces = [.. Enumerable.Range(first, Math.Min(Batch, crops.Count - first)).Select(i => Frame(crops[i]))];
            IReadOnlyList<FaceEmbedding> embeddings = embedder.Embed(faces, cancellationToken);
            for (int i = 0; i < faces.Length; i++)
            {
                ReadOnlySpan<float> unit = embeddings[i].Vector.Span;
                for (int k = 0; k < Width; k++)
                    features[(first + i) * Width + k] = unit[k] * embeddings[i].Norm;
            }
        }
        return features;
    }

    private AlignedFace Frame(FaceCrop crop) =>
        crop.Channels == 3
            ? cropper.Frame(new(new(crop.Pixels, crop.Side, crop.Side, crop.Side * 3, PixelFormat.Rgb24), crop.Side))
            : throw new TrainingException($"colour crops are needed here, not {crop.Channels} channel");
}
