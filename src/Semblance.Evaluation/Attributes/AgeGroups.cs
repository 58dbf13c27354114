namespace Semblance.Evaluation.Attributes;

/// <summary>The age groups of all reports: 0-2, 3-9, then by ten years, 70 and over.</summary>
public static class AgeGroups
{
    /// <summary>Names from young to old.</summary>
    public static IReadOnlyList<string> All { get; } = ["0-2", "3-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70+"];

    /// <summary>The age from which people count as adults.</summary>
    public const double Adult = 18;

    /// <summary>The group of an age.</summary>
    /// <param name="years">0 and more.</param>
    public static string Of(double years) => All[years < 3 ? 0 : Math.Min(1 + (int)(years / 10), All.Count - 1)];
}
