using System.Globalization;
using Semblance.Models;

namespace Semblance.Attributes;

/// <summary>Reads probabilities of genders. Young children's faces often tell nothing: there the answer must be surer.</summary>
internal sealed class GenderReader(IReadOnlyList<string> labels, AttributeSettings settings) : AttributeReader
{
    public override FaceAttributes Read(ReadOnlySpan<float> values, FaceAttributes face, AttributeCrop? crop = null)
    {
        int best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values);
        double probability = values[best];
        bool child = face.Age?.Value is { } age && age.Years < settings.ChildBelow;
        double needed = child ? settings.ChildGenderCertainty : settings.GenderCertainty;
        return face with
        {
            Gender =
                probability >= needed
                    ? AttributeEstimate.Of(new GenderEstimate(labels[best], Math.Round(probability, 4)))
                    : AttributeEstimate.NotKnown<GenderEstimate>(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{(child ? "a young child's face, and " : "")}not sure enough ({probability:0.00}, {needed:0.00} needed)"
                        )
                    ),
        };
    }
}
