using Semblance.Training.Losses;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Losses;

public sealed class AdaFaceMarginTests
{
    [Fact]
    public void Statistics_are_part_of_the_state_when_a_checkpoint_is_made()
    {
        using ClassifierHead head = new(ClassifierHead.RandomWeight(4, 8, seed: 1), new AdaFaceMargin());
        head.Loss(randn(4, 8) * 10, tensor(new long[] { 0, 1, 2, 3 }));
        var state = head.state_dict();
        Assert.NotEqual(20f, state["margin.batch_mean"].item<float>());
        Assert.NotEqual(100f, state["margin.batch_std"].item<float>());
    }

    [Fact]
    public void Statistics_stay_finite_when_a_batch_has_one_sample()
    {
        using ClassifierHead head = new(ClassifierHead.RandomWeight(4, 8, seed: 1), new AdaFaceMargin());
        Assert.True(float.IsFinite(head.Loss(randn(1, 8), tensor(new long[] { 2 })).item<float>()));
        Assert.Equal(100f, head.state_dict()["margin.batch_std"].item<float>());
    }
}
