namespace Semblance.Training.Attributes.Calibration;

/// <summary>The faces of a set under one condition.</summary>
/// <param name="Name">The condition as it is typed.</param>
/// <param name="Faces">In the order of the set; null where the network says nothing.</param>
internal sealed record IntervalCondition(string Name, IReadOnlyList<IntervalFace?> Faces)
{
    /// <summary>The pictures as they are.</summary>
    public const string Clear = "clear";
}
