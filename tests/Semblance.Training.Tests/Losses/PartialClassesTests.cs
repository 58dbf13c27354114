using Semblance.Training.Losses;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Losses;

public sealed class PartialClassesTests
{
    [Fact]
    public void Classes_hold_every_label_in_rising_order_when_a_part_is_drawn()
    {
        long[] drawn = new PartialClasses(classes: 1000, rate: 0.1, seed: 3).Draw([999, 5, 5, 17], step: 8);
        Assert.Equal(100, drawn.Length);
        Assert.Equal(drawn.Distinct().Order(), drawn);
        Assert.All(new long[] { 5, 17, 999 }, label => Assert.Contains(label, drawn));
    }

    [Fact]
    public void Classes_are_the_labels_alone_when_the_part_is_smaller_than_the_batch() =>
        Assert.Equal([1, 2, 3], new PartialClasses(classes: 10, rate: 0.1, seed: 3).Draw([3, 2, 1], step: 0));

    [Fact]
    public void Classes_are_the_same_when_a_step_is_drawn_again_and_others_at_another_step()
    {
        PartialClasses classes = new(classes: 1000, rate: 0.1, seed: 3);
        Assert.Equal(classes.Draw([1], step: 4), new PartialClasses(1000, 0.1, 3).Draw([1], step: 4));
        Assert.NotEqual(classes.Draw([1], step: 4), classes.Draw([1], step: 5));
    }

    [Fact]
    public void Loss_equals_that_over_the_drawn_classes_when_a_part_takes_part()
    {
        using var scope = NewDisposeScope();
        using ClassifierHead head = new(ClassifierHead.RandomWeight(20, 8, seed: 1), new SoftmaxMargin());
        Tensor features = randn(3, 8),
            classes = tensor(new long[] { 2, 5, 9, 14 });
        using ClassifierHead small = new(head.Weight.index_select(0, classes), new SoftmaxMargin());
        float part = head.Loss(features, tensor(new long[] { 9, 2, 14 }), classes).item<float>();
        Assert.Equal(small.Loss(features, tensor(new long[] { 2, 0, 3 })).item<float>(), part, 1e-6f);
    }
}
