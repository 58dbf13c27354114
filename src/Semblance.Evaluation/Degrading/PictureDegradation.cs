using System.Globalization;
using System.Numerics;
using Semblance.Detection;
using Semblance.Geometry;
using Semblance.Imaging;

namespace Semblance.Evaluation.Degrading;

/// <summary>
/// One way in which a picture is made worse, to measure what comparisons are worth then: <c>blur:4</c> (Gaussian, standard deviation in
/// pixels), <c>size:28</c> (the face made so many pixels high and enlarged again), <c>jpeg:8</c> (quality), <c>noise:20</c> (Gaussian,
/// standard deviation of 255), <c>gamma:2.5</c> (above 1 is darker), <c>grey</c>, <c>mask</c> (the lower face covered), <c>turn:180</c>
/// (degrees clockwise), <c>mirror</c>, and crops framed otherwise: <c>zoom:0.8</c> (below 1 looser, above 1 tighter), <c>across:0.1</c> and
/// <c>down:-0.1</c> (moved by a part of the side). The same picture and degradation give the same pixels always.
/// </summary>
/// <param name="Kind">What is done.</param>
/// <param name="Amount">How much; 0 where the kind takes none.</param>
public sealed record PictureDegradation(DegradationKind Kind, double Amount)
{
    /// <summary>Reads a degradation as it is typed.</summary>
    /// <exception cref="EvaluationException">Not a known kind, or an amount out of range.</exception>
    public static PictureDegradation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split(':', 2);
        if (!Enum.TryParse(parts[0], ignoreCase: true, out DegradationKind kind) || !char.IsLetter(parts[0][0]))
            throw new EvaluationException(
                $"'{parts[0]}' is no degradation; known are {string.Join(", ", Enum.GetNames<DegradationKind>()).ToLowerInvariant()}"
            );
        (double low, double high) = RangeOf(kind);
        if (high == 0)
            return parts.Length == 1 ? new(kind, 0) : throw new EvaluationException($"'{parts[0]}' takes no amount");
        if (
            parts.Length < 2
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double amount)
            || !(amount >= low && amount <= high)
            || (kind == DegradationKind.Turn && amount % 90 != 0)
        )
            throw new EvaluationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{text}': {parts[0]} takes an amount from {low} to {high}, e.g. {parts[0]}:{Example(kind)}"
                )
            );
        return new(kind, amount);
    }

    /// <summary>Makes a picture worse.</summary>
    /// <param name="image">The picture; unchanged.</param>
    /// <param name="face">The face on it, which <c>size</c> and <c>mask</c> need.</param>
    /// <param name="name">What messages call the result.</param>
    /// <exception cref="EvaluationException">The degradation needs a face and there is none.</exception>
    public DegradedPicture Apply(FaceImage image, DetectedFace? face, string name)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelPlanes planes = PixelPlanes.Of(image.FullResolution);
        PixelPlanes result = Kind switch
        {
            DegradationKind.Blur => planes.Blurred(Amount),
            DegradationKind.Size => planes.Reduced(Math.Min(1, Amount / Needed(face, name).Box.Height)),
            DegradationKind.Jpeg => planes.Compressed((int)Math.Round(Amount)),
            DegradationKind.Noise => planes.WithNoise(Amount),
            DegradationKind.Gamma => planes.Select(value => 255 * MathF.Pow(value / 255, (float)Amount)),
            DegradationKind.Grey => planes.Grey(),
            DegradationKind.Mask => planes.Covered(MaskOver(Needed(face, name).Landmarks)),
            DegradationKind.Turn => planes.Turned((int)Amount / 90),
            DegradationKind.Mirror => planes.Mirrored(),
            DegradationKind.Zoom => planes.Reframed(Amount, 0, 0),
            DegradationKind.Across => planes.Reframed(1, Amount, 0),
            DegradationKind.Down => planes.Reframed(1, 0, Amount),
            _ => throw new InvalidOperationException($"{Kind} is not a degradation."),
        };
        return new(result, name);
    }

    /// <summary>As it is typed.</summary>
    public override string ToString() =>
        RangeOf(Kind).High == 0
            ? Kind.ToString().ToLowerInvariant()
            : string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()}:{Amount}");

    private static (double Low, double High) RangeOf(DegradationKind kind) =>
        kind switch
        {
            DegradationKind.Blur => (0.1, 100),
            DegradationKind.Size => (4, 10_000),
            DegradationKind.Jpeg => (1, 100),
            DegradationKind.Noise => (0.1, 255),
            DegradationKind.Gamma => (0.05, 20),
            DegradationKind.Turn => (90, 270),
            DegradationKind.Zoom => (0.25, 4),
            DegradationKind.Across or DegradationKind.Down => (-0.5, 0.5),
            _ => (0, 0),
        };

    private static string Example(DegradationKind kind) =>
        kind switch
        {
            DegradationKind.Blur => "4",
            DegradationKind.Size => "28",
            DegradationKind.Jpeg => "8",
            DegradationKind.Noise => "20",
            DegradationKind.Gamma => "2.5",
            DegradationKind.Zoom => "0.8",
            DegradationKind.Across or DegradationKind.Down => "0.1",
            _ => "180",
        };

    private static DetectedFace Needed(DetectedFace? face, string name) =>
        face ?? throw new EvaluationException($"{name}: a size or a mask needs a face");

    /// <summary>A polygon from the middle of the nose over the cheeks to below the chin, in the axes of the face.</summary>
    private static Vector2[] MaskOver(FaceLandmarks face)
    {
        Vector2 eyes = (face.RightEye + face.LeftEye) / 2,
            mouth = (face.RightMouthCorner + face.LeftMouthCorner) / 2,
            down = mouth - eyes,
            across = (face.LeftEye - face.RightEye) / 2;
        Vector2 At(float right, float below) => eyes + across * right + down * below;
        return
        [
            At(-1.75f, 0.55f),
            At(-0.9f, 0.42f),
            At(0, 0.38f),
            At(0.9f, 0.42f),
            At(1.75f, 0.55f),
            At(1.6f, 1.2f),
            At(1.0f, 1.6f),
            At(0, 1.75f),
            At(-1.0f, 1.6f),
            At(-1.6f, 1.2f),
        ];
    }
}
