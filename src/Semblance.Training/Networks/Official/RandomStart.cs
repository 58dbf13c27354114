using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>Random weights as the official code starts with them; normalisations keep factor 1 and addend 0.</summary>
internal static class RandomStart
{
    /// <summary>Normal with variance 2 / (outputs of a weight), biases 0 (He et al., "Delving Deep into Rectifiers", ICCV 2015):
    /// MobileFaceNet and AdaFace's networks.</summary>
    public static void NormalByFanOut(nn.Module network)
    {
        foreach (nn.Module module in network.modules())
        {
            (Parameter? weight, Parameter? bias) = module switch
            {
                Conv2d conv => (conv.weight, conv.bias),
                Linear linear => (linear.weight, linear.bias),
                _ => (null, null),
            };
            if (weight is not null)
                nn.init.kaiming_normal_(weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
            if (bias is not null)
                nn.init.zeros_(bias);
        }
    }

    /// <summary>Convolutions normal with a fixed deviation: arcface_torch's IResNet.</summary>
    public static void Normal(nn.Module network, double deviation)
    {
        foreach (Conv2d conv in network.modules().OfType<Conv2d>())
            nn.init.normal_(conv.weight!, 0, deviation);
    }
}
