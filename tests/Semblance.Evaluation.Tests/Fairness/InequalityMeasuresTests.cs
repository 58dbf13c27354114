using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Tests.Fairness;

public sealed class InequalityMeasuresTests
{
    [Fact]
    public void Measures_are_those_worked_by_hand()
    {
        InequalityMeasures measures = InequalityMeasures.Of([0.01, 0.02, 0.04]);
        Assert.Equal((2, 0), (measures.Worst, measures.Best));
        Assert.Equal(4, measures.Ratio!.Value, 9);
        Assert.Equal(0.03, measures.Difference, 9);
        // The geometric mean is the cube root of 8e-6, 0.02.
        Assert.Equal(2, measures.ToGeometricMean!.Value, 9);
        // 3/2 · (2 · (0.01 + 0.03 + 0.02)) / (2 · 9 · 0.07/3) = 0.18 / 0.42
        Assert.Equal(3.0 / 7, measures.Gini!.Value, 9);
    }

    [Fact]
    public void Equal_groups_are_at_parity_by_every_measure()
    {
        InequalityMeasures measures = InequalityMeasures.Of([0.3, 0.3, 0.3, 0.3]);
        Assert.Equal(
            (1.0, 0.0, 1.0, 0.0),
            (measures.Ratio!.Value, measures.Difference, Math.Round(measures.ToGeometricMean!.Value, 12), measures.Gini!.Value)
        );
    }

    [Fact]
    public void Gini_is_1_when_one_of_the_groups_has_all_errors() => Assert.Equal(1, InequalityMeasures.Of([0, 0, 0, 0.2]).Gini!.Value, 9);

    [Fact]
    public void Quotients_with_a_zero_and_a_Gini_of_nothing_are_not_defined()
    {
        InequalityMeasures measures = InequalityMeasures.Of([0, 0]);
        Assert.Null(measures.Ratio);
        Assert.Null(measures.ToGeometricMean);
        Assert.Null(measures.Gini);
        Assert.Equal(0, measures.Difference);
    }

    [Fact]
    public void One_group_cannot_be_compared() => Assert.Throws<ArgumentException>(() => InequalityMeasures.Of([0.1]));

    [Fact]
    public void Joint_measures_are_those_worked_by_hand()
    {
        JointMeasures joint = JointMeasures.Of([0.001, 0.004], [0.01, 0.09]);
        Assert.Equal(1 - (0.5 * 0.003 + 0.5 * 0.08), joint.Fdr, 9);
        // Gini of two: |a − b| / (a + b): 0.6 and 0.8.
        Assert.Equal(0.7, joint.Garbe!.Value, 9);
        Assert.Equal(2 * 3, joint.InequityRate!.Value, 9);
    }

    [Fact]
    public void Joint_measures_weigh_the_two_errors_as_asked()
    {
        JointMeasures joint = JointMeasures.Of([0.001, 0.004], [0.01, 0.09], alpha: 1);
        Assert.Equal(
            (0.997, 0.6, 4.0),
            (Math.Round(joint.Fdr, 9), Math.Round(joint.Garbe!.Value, 9), Math.Round(joint.InequityRate!.Value, 9))
        );
    }

    [Fact]
    public void Joint_measures_are_not_defined_where_one_error_did_not_happen()
    {
        JointMeasures joint = JointMeasures.Of([0, 0], [0.1, 0.1]);
        Assert.Equal(1, joint.Fdr);
        Assert.Null(joint.Garbe);
        Assert.Null(joint.InequityRate);
    }
}
