using TorchSharp;

namespace Semblance.Training.Tests;

public sealed class LibTorchTests
{
    [Fact]
    public void Libtorch_computes_a_gradient_when_it_is_loaded()
    {
        using torch.Tensor x = torch.tensor(3f, requires_grad: true);
        using torch.Tensor y = x * x;
        y.backward();
        Assert.Equal(6f, x.grad!.item<float>());
    }
}
