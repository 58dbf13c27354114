using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// The vectors of a face embedder, times a factor that brings them near 1. UTKFace's framing is brought near the embedder's by repeating
/// the crop's border pixels: 16 rows above, 8 columns at each side of 96 pixels make its 112.
/// </summary>
internal sealed class EmbedderFeatures(IFaceEmbedder embedder) : IFeatureSource
{
    /// <summary>Rows repeated above the crop.</summary>
    public const int Above = 16;

    /// <summary>Columns repeated at each side.</summary>
    public const int Beside = 8;

    /// <summary>Vectors have lengths of about 20, that is about 1 a component.</summary>
    public const float Scale = 1;

    private const int Side = ArcFaceTemplate.Size,
        Inner = Side - Above,
        Batch = 64;

    private static readonly DetectedFace WholeCrop = new(new(0, 0, Side, Side), 1, ArcFaceTemplate.Points);

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
                    features[(first + i) * Width + k] = unit[k] * embeddings[i].Norm * Scale;
            }
        }
        return features;
    }

    private static AlignedFace Frame(FaceCrop crop)
    {
        if (crop.Side != Inner || crop.Channels != 3)
            throw new TrainingException(
                $"crops of {Inner} x {Inner} colour pixels are needed here, not {crop.Side} x {crop.Side} with {crop.Channels} channels"
            );
        byte[] pixels = new byte[Side * Side * 3];
        for (int y = 0; y < Side; y++)
        {
            int row = Math.Clamp(y - Above, 0, Inner - 1);
            for (int x = 0; x < Side; x++)
            {
                int from = (row * Inner + Math.Clamp(x - Beside, 0, Inner - 1)) * 3,
                    to = (y * Side + x) * 3;
                crop.Pixels.AsSpan(from, 3).CopyTo(pixels.AsSpan(to));
            }
        }
        return new(new(pixels, Side, Side, Side * 3, PixelFormat.Rgb24), new(1, 0, 0, 0), WholeCrop);
    }
}
