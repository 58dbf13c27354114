using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks;

/// <summary>Finds the parameters of batch norms, which are not pulled towards 0.</summary>
internal static class BatchNorms
{
    /// <summary>State_dict keys of all weights and biases of batch norms.</summary>
    public static HashSet<string> KeysOf(nn.Module network)
    {
        HashSet<string> keys = [];
        foreach ((string name, nn.Module module) in network.named_modules())
        {
            if (module is not (BatchNorm1d or BatchNorm2d))
                continue;
            keys.UnionWith(
                module.named_parameters(recurse: false).Select(parameter => name.Length == 0 ? parameter.name : $"{name}.{parameter.name}")
            );
        }
        return keys;
    }
}
