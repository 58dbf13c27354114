using System.Numerics;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>
/// How outputs of networks that see a face's box are read: an age in years or probabilities of age groups, probabilities of genders and
/// expressions, yaw, pitch and roll in degrees, 68 points as parts of the crop's sides, x before y, classes of which one is a live face.
/// Each looks at the manifest's entry first and says what is wrong with it.
/// </summary>
internal static class BoxReaders
{
    private const string GenuineLabel = "genuine";

    /// <summary>An age in years, or a distribution over groups of years.</summary>
    public static BoxReader Age(string model, ModelTensor tensor, AttributeSettings settings)
    {
        if (tensor.Labels is not { } labels)
            return (values, _, face) =>
                face with
                {
                    Age = AttributeEstimate.Of(new AgeEstimate(Math.Round(Math.Max(0, values[0]), 1), [])),
                };
        AgeGroups groups = new(model, labels);
        AgeReader reader = new(settings.AgeInterval);
        return (values, _, face) => reader.Read(groups.Spread(values), face);
    }

    /// <summary>Probabilities of genders.</summary>
    public static BoxReader Gender(string model, ModelTensor tensor, AttributeSettings settings)
    {
        GenderReader reader = new(LabelsOf(model, tensor), settings);
        return (values, _, face) => reader.Read(values, face);
    }

    /// <summary>Probabilities of expressions.</summary>
    public static BoxReader Emotion(string model, ModelTensor tensor, AttributeSettings settings)
    {
        EmotionReader reader = new(LabelsOf(model, tensor));
        return (values, _, face) => reader.Read(values, face);
    }

    /// <summary>Three angles.</summary>
    public static BoxReader Pose(string model, ModelTensor tensor, AttributeSettings settings) =>
        (values, _, face) =>
            values is [var yaw, var pitch, var roll]
                ? face with
                {
                    Pose = AttributeEstimate.Of(new HeadPose(Degrees(yaw), Degrees(pitch), Degrees(roll))),
                }
                : throw new ModelException(model, $"gave {values.Length} numbers for a pose, 3 are needed");

    /// <summary>68 points.</summary>
    public static BoxReader Landmarks(string model, ModelTensor tensor, AttributeSettings settings) =>
        (values, region, face) =>
        {
            if (values.Length != 2 * FaceLandmarks68.Count)
                throw new ModelException(model, $"gave {values.Length} numbers for landmarks, {2 * FaceLandmarks68.Count} are needed");
            Vector2[] points = new Vector2[FaceLandmarks68.Count];
            for (int i = 0; i < points.Length; i++)
            {
                // A part of the side counts from the crop's edge, a pixel from the centre of the first one.
                points[i] = new(region.Left + values[2 * i] * region.Width - 0.5f, region.Top + values[2 * i + 1] * region.Height - 0.5f);
            }
            return face with { Landmarks68 = AttributeEstimate.Of(new FaceLandmarks68(points)) };
        };

    /// <summary>Classes, one of which is a live face.</summary>
    public static BoxReader Liveness(string model, ModelTensor tensor, AttributeSettings settings)
    {
        int genuine = LabelsOf(model, tensor).ToList().IndexOf(GenuineLabel);
        if (genuine < 0)
            throw new ModelException(model, $"its manifest names no label '{GenuineLabel}' for '{tensor.Role}'");
        return (values, _, face) =>
            face with
            {
                Liveness = AttributeEstimate.Of(new LivenessEstimate(Math.Round((double)values[genuine], 4))),
            };
    }

    private static IReadOnlyList<string> LabelsOf(string model, ModelTensor tensor) =>
        tensor.Labels ?? throw new ModelException(model, $"its manifest names no labels for '{tensor.Role}'");

    private static double Degrees(float value) => Math.Round((double)value, 1);
}
