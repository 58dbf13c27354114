namespace Semblance.Attributes;

/// <summary>Reads probabilities of expressions.</summary>
internal sealed class EmotionReader(IReadOnlyList<string> labels) : AttributeReader
{
    public override FaceAttributes Read(ReadOnlySpan<float> values, FaceAttributes face, AttributeCrop? crop = null)
    {
        Dictionary<string, double> probabilities = [];
        for (int i = 0; i < labels.Count; i++)
            probabilities[labels[i]] = Math.Round((double)values[i], 4);
        string best = labels[System.Numerics.Tensors.TensorPrimitives.IndexOfMax(values)];
        return face with { Emotion = AttributeEstimate.Of(new EmotionEstimate(best, probabilities)) };
    }
}
