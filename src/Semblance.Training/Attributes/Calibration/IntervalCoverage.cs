using Semblance.Evaluation.Attributes;
using Semblance.Models;

namespace Semblance.Training.Attributes.Calibration;

/// <summary>What intervals hold under a condition.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Held">Share of labels that are held.</param>
/// <param name="Width">Mean width, years.</param>
/// <param name="ByAgeGroup">Share by age group; NaN where there is nobody.</param>
internal sealed record IntervalCoverage(string Condition, double Held, double Width, IReadOnlyList<double> ByAgeGroup)
{
    /// <summary>Measures.</summary>
    /// <param name="condition">The faces.</param>
    /// <param name="scale">The scale of a face by its number.</param>
    public static IntervalCoverage Of(IntervalCondition condition, Func<int, AgeIntervalScale?> scale)
    {
        (string Group, bool Held, double Width)[] faces =
        [
            .. condition
                .Faces.Select((face, i) => (Face: face, Scale: scale(i)))
                .Where(row => row.Face is not null)
                .Select(row =>
                {
                    IntervalFace face = row.Face!.Value;
                    (double low, double high) = face.Interval(row.Scale);
                    return (AgeGroups.Of(face.Label), face.IsHeld(row.Scale), high - low);
                }),
        ];
        return new(
            condition.Name,
            faces.Average(face => face.Held ? 1.0 : 0),
            faces.Average(face => face.Width),
            [
                .. AgeGroups.All.Select(group =>
                    faces.Where(face => face.Group == group).Select(face => face.Held ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average()
                ),
            ]
        );
    }

    /// <summary>How far the worst age group is from what is promised.</summary>
    public double Worst(double promised) => ByAgeGroup.Where(double.IsFinite).Max(held => Math.Abs(held - promised));
}
