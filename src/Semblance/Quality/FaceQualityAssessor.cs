using System.Numerics;
using Semblance.Alignment;
using Semblance.Embedding;
using static System.FormattableString;

namespace Semblance.Quality;

/// <summary>
/// Judges how usable a face is for recognition: by what can be seen of the picture (size, sharpness, exposure, contrast, pose, how much of
/// the face lies inside) and by the norm of its embedding, which predicts errors better than all of these (docs/quality.md). Each gives a
/// factor between 0 and 1, and is named with its figure below <see cref="ReasonBelow"/>. The score is the product of the picture's factors;
/// with an embedding, that of the norm times the square root of this product, since the norm sees most of it, too.
/// </summary>
public static class FaceQualityAssessor
{
    /// <summary>A factor below this is a reason.</summary>
    public const double ReasonBelow = 0.7;

    /// <summary>Judges a face by its picture alone.</summary>
    /// <param name="crop">The aligned crop.</param>
    /// <param name="imageWidth">Width of the picture it was cut from, in pixels.</param>
    /// <param name="imageHeight">Height of that picture.</param>
    public static FaceQuality Assess(AlignedFace crop, int imageWidth, int imageHeight)
    {
        QualityComponent[] picture = ComponentsOf(crop, imageWidth, imageHeight);
        return QualityOf(Product(picture), picture);
    }

    /// <summary>Judges a face by its picture and its embedding.</summary>
    /// <param name="crop">The aligned crop.</param>
    /// <param name="imageWidth">Width of the picture it was cut from, in pixels.</param>
    /// <param name="imageHeight">Height of that picture.</param>
    /// <param name="norm">Norm of its embedding, <see cref="FaceEmbedding.Norm"/>.</param>
    /// <param name="scale">What norms say; see <see cref="Matching.FaceMatcher.Norms"/>.</param>
    public static FaceQuality Assess(AlignedFace crop, int imageWidth, int imageHeight, double norm, NormScale scale)
    {
        QualityComponent[] picture = ComponentsOf(crop, imageWidth, imageHeight);
        QualityComponent recognised = Component(
            QualityComponent.EmbeddingNorm,
            norm,
            Ramp(norm, scale.Nothing, scale.Plenty),
            Invariant($"hard to recognise (embedding norm {norm:0.00}, {scale.Plenty:0.00} is plenty)")
        );
        return QualityOf(recognised.Factor * Math.Sqrt(Product(picture)), [.. picture, recognised]);
    }

    private static QualityComponent[] ComponentsOf(AlignedFace crop, int imageWidth, int imageHeight)
    {
        ArgumentNullException.ThrowIfNull(crop);
        (double mean, double deviation, double sharpness) = CropStatistics.Of(crop.Pixels);
        double side = crop.Size / crop.Transform.Scale;
        double turn = FacePose.TurnOf(crop.Face.Landmarks);
        double inside = InsideFraction(crop, imageWidth, imageHeight);
        string brightness = Invariant($"mean brightness {mean:0} of 255");
        return
        [
            Component(QualityComponent.Size, side, Ramp(side, 16, 80), Invariant($"small ({side:0} px across, 80 are plenty)")),
            Component(
                QualityComponent.Sharpness,
                sharpness,
                Ramp(sharpness, 0.015, 0.09),
                Invariant($"blurred (sharpness {sharpness:0.000}, 0.090 is clear)")
            ),
            Component(QualityComponent.UnderExposure, mean, Ramp(mean, 15, 60), $"dark ({brightness})"),
            Component(QualityComponent.OverExposure, mean, Ramp(255 - mean, 10, 40), $"overexposed ({brightness})"),
            Component(QualityComponent.Contrast, deviation, Ramp(deviation, 5, 25), Invariant($"flat (contrast {deviation:0} of 255)")),
            Component(
                QualityComponent.HeadPose,
                turn,
                Ramp(0.9 - turn, 0, 0.55),
                Invariant($"turned away (nose {turn:0.00} face heights off the middle)")
            ),
            Component(
                QualityComponent.InsidePicture,
                inside,
                Ramp(inside, 0.4, 0.9),
                Invariant($"cut off ({(1 - inside) * 100:0} % outside the picture)")
            ),
        ];
    }

    private static QualityComponent Component(string name, double value, double factor, string reason) =>
        new(name, value, factor) { Reason = factor < ReasonBelow ? reason : null };

    private static double Product(QualityComponent[] components) =>
        components.Aggregate(1.0, (product, component) => product * component.Factor);

    private static FaceQuality QualityOf(double score, QualityComponent[] components) =>
        new(score, [.. components.Select(component => component.Reason).OfType<string>()]) { Components = components };

    /// <summary>0 at or below <paramref name="none"/>, 1 at or above <paramref name="full"/>, linear between.</summary>
    private static double Ramp(double value, double none, double full) => Math.Clamp((value - none) / (full - none), 0, 1);

    /// <summary>The fraction of the crop that lies inside the picture, on a grid.</summary>
    private static double InsideFraction(AlignedFace crop, int width, int height)
    {
        const int Cells = 16;
        SimilarityTransform back = crop.Transform.Invert();
        int inside = 0;
        for (int y = 0; y < Cells; y++)
        {
            for (int x = 0; x < Cells; x++)
            {
                Vector2 p = back.Apply(new Vector2(x + 0.5f, y + 0.5f) * crop.Size / Cells);
                if (p.X >= -0.5f && p.Y >= -0.5f && p.X < width && p.Y < height)
                    inside++;
            }
        }
        return inside / (double)(Cells * Cells);
    }
}
