using Semblance.Models;
using Semblance.Training.Attributes.Calibration;

namespace Semblance.Training.Tests.Attributes;

public sealed class IntervalFitTests
{
    private static readonly IntervalCondition[] Conditions = [Faces("clear", 0.2, 1), Faces("blurred", 0.05, 2)];

    [Fact]
    public void Fitted_intervals_hold_four_fifths_of_every_age_group_on_clear_and_on_blurred_pictures()
    {
        AgeIntervalScale scale = IntervalFit.Fit(Conditions, _ => true);
        Assert.Equal((scale.Years.Count, scale.Years.Count), (scale.Below.Count, scale.Above.Count));
        foreach (IntervalCondition condition in Conditions)
        {
            IntervalCoverage before = IntervalCoverage.Of(condition, _ => null),
                after = IntervalCoverage.Of(condition, _ => scale);
            // The old err three times as far as the network says, on blurred pictures all err twice as far again.
            Assert.True(before.ByAgeGroup[7] < 0.5, $"{condition.Name} {before.ByAgeGroup[7]}");
            // Nobody is estimated below 20: labels there are the errors of others.
            Assert.All(after.ByAgeGroup.Skip(3), held => Assert.InRange(held, 0.72, 0.88));
        }
    }

    [Fact]
    public void Factors_of_one_half_hold_on_the_other()
    {
        AgeIntervalScale half = IntervalFit.Fit(Conditions, i => i % 2 == 0);
        foreach (IntervalCondition condition in Conditions)
        {
            IntervalCondition other = condition with { Faces = [.. condition.Faces.Where((_, i) => i % 2 == 1)] };
            Assert.InRange(IntervalCoverage.Of(other, _ => half).Held, 0.74, 0.86);
        }
    }

    [Fact]
    public void The_same_faces_give_the_same_factors() =>
        Assert.Equal(IntervalFit.Fit(Conditions, _ => true).Above, IntervalFit.Fit(Conditions, _ => true).Above);

    [Fact]
    public void A_model_that_tells_no_age_is_said_so() =>
        Assert.Throws<TrainingException>(() => IntervalFit.Fit([new("clear", new IntervalFace?[3])], _ => true));

    /// <summary>People of 20 to 79 whose interval is four years either way, while the errors of those over 50 are three times as
    /// large.</summary>
    private static IntervalCondition Faces(string name, double sharpness, double worse)
    {
        Random random = new(7);
        return new(
            name,
            [
                .. Enumerable
                    .Range(0, 1200)
                    .Select(i =>
                    {
                        double mean = 20 + i % 60,
                            deviation = (mean >= 50 ? 9 : 3) * worse,
                            label = Math.Round(mean + deviation * Gaussian(random));
                        return (IntervalFace?)new IntervalFace(Math.Clamp(label, 0, 110), mean, mean - 4, mean + 4, sharpness);
                    }),
            ]
        );
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
