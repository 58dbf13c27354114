using Semblance.Training.Trainer;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Trainer;

public sealed class MomentumSgdTests
{
    [Fact]
    public void Weights_are_those_of_libtorchs_optimiser_when_five_steps_were_taken()
    {
        using var scope = NewDisposeScope();
        Parameter mine = new(arange(6, ScalarType.Float32).reshape(2, 3)),
            theirs = new(arange(6, ScalarType.Float32).reshape(2, 3));
        using MomentumSgd optimizer = new([new("w", mine, WeightDecay: 0.01)], momentum: 0.9);
        using var official = optim.SGD([theirs], learningRate: 0.1, momentum: 0.9, weight_decay: 0.01);
        for (int step = 0; step < 5; step++)
        {
            optimizer.ZeroGradients();
            official.zero_grad();
            mine.pow(3).sum().backward();
            theirs.pow(3).sum().backward();
            foreach (Parameter parameter in (Parameter[])[mine, theirs])
                parameter.grad!.mul_(0.01);
            optimizer.Update(0.1);
            official.step();
        }
        Assert.True(
            mine.allclose(theirs, rtol: 1e-6),
            $"{mine.ToString(TorchSharp.TensorStringStyle.Numpy)} {theirs.ToString(TorchSharp.TensorStringStyle.Numpy)}"
        );
    }

    [Fact]
    public void Rows_that_take_no_part_keep_weight_and_velocity_when_a_step_names_the_others()
    {
        using var scope = NewDisposeScope();
        Parameter weight = new(ones(3, 2));
        using MomentumSgd optimizer = new([new("w", weight, WeightDecay: 0.1)], momentum: 0.9);
        weight.sum().backward();
        optimizer.Update(0.5, new Dictionary<string, Tensor> { ["w"] = tensor(new long[] { 1 }) });
        Assert.Equal([1, 1, 0.45f, 0.45f, 1, 1], weight.detach().data<float>().ToArray());
        Assert.Equal([0, 0, 1.1f, 1.1f, 0, 0], optimizer.Velocities["w"].data<float>().ToArray());
    }

    [Fact]
    public void Gradients_are_scaled_to_the_limit_together_when_they_are_longer()
    {
        using var scope = NewDisposeScope();
        Parameter a = new(zeros(1)),
            b = new(zeros(1));
        using MomentumSgd optimizer = new([new("a", a, 0), new("b", b, 0)], momentum: 0);
        (a * 3 + b * 4).sum().backward();
        Assert.Equal(5, optimizer.ClipGradients(limit: 1), 1e-6);
        Assert.Equal(0.6f, a.grad!.item<float>(), 1e-6f);
        Assert.Equal(0.8f, b.grad!.item<float>(), 1e-6f);
    }
}
