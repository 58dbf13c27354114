using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Tests.Fairness;

public sealed class GroupingTests
{
    [Fact]
    public void Intersections_hold_the_combinations_that_occur_in_the_order_of_both()
    {
        Grouping age = Grouping.By("age", ["old", "young", "young", null], ["young", "old"]);
        Grouping gender = Grouping.By("gender", ["male", "female", null, "male"]);
        Grouping both = age.Cross(gender);
        Assert.Equal("age × gender", both.Name);
        Assert.Equal(["young × female", "old × male"], both.Groups);
        Assert.Equal([1, 0, -1, -1], both.GroupOf);
    }

    [Fact]
    public void Part_of_a_set_keeps_its_groups()
    {
        Grouping part = Grouping.By("race", ["a", "b", "c", "a"]).Of([3, 1]);
        Assert.Equal(["a", "b"], part.Groups);
        Assert.Equal([0, 1], part.GroupOf);
    }
}
