namespace Semblance.Training.Attributes.Data;

/// <summary>The seven expressions in the order of every label set and output here.</summary>
internal static class EmotionNames
{
    /// <summary>Angry to surprise, by alphabet.</summary>
    public static IReadOnlyList<string> All { get; } = ["angry", "disgust", "fear", "happy", "neutral", "sad", "surprise"];
}
