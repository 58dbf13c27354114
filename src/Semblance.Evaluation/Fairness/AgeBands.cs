namespace Semblance.Evaluation.Fairness;

/// <summary>The age groups of people who are compared: children in steps, as their faces change most; adults in three.</summary>
public static class AgeBands
{
    private static readonly int[] Starts = [0, 3, 7, 13, 18, 30, 60];

    /// <summary>Names from young to old.</summary>
    public static IReadOnlyList<string> All { get; } = ["0–2", "3–6", "7–12", "13–17", "18–29", "30–59", "60+"];

    /// <summary>The group of an age.</summary>
    /// <param name="years">0 and more.</param>
    public static string Of(double years) => All[Array.FindLastIndex(Starts, start => years >= start)];
}
