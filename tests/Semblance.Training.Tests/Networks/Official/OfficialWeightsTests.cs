using Semblance.Training.Networks;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;
using static TorchSharp.torch;

namespace Semblance.Training.Tests.Networks.Official;

public sealed class OfficialWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("network.")]
    public void Network_has_the_weights_of_a_checkpoint_when_it_starts_from_it(string prefix)
    {
        using var first = Backbones.Create("mobilefacenet", init: null).Network;
        using var second = Backbones.Create("mobilefacenet", Save(first, prefix)).Network;
        foreach ((string key, Tensor expected) in first.state_dict())
            if (!key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                Assert.True(expected.Equals(second.state_dict()[key]), key);
    }

    [Fact]
    public void Checkpoint_is_refused_with_the_keys_that_differ_when_it_is_of_another_network()
    {
        using var network = Backbones.Create("mobilefacenet", init: null).Network;
        string path = Save(network, "");
        TrainingException error = Assert.Throws<TrainingException>(() => Backbones.Create("iresnet18", path));
        Assert.Contains(path, error.Message);
        Assert.Contains("not iresnet-18", error.Message);
        Assert.Contains("missing: layer1.0.bn1.weight [64]", error.Message);
        Assert.Contains("extra: layers.0.layers.0.weight", error.Message);
    }

    [Fact]
    public void Checkpoint_is_refused_with_both_shapes_when_one_tensor_has_another()
    {
        using var network = Backbones.Create("mobilefacenet", init: null).Network;
        Dictionary<string, Tensor> entries = network.state_dict();
        entries["features.layers.2.weight"] = zeros(128, 512);
        new TensorFile(new Dictionary<string, string>(), entries).Write(_folder["small.safetensors"]);
        TrainingException error = Assert.Throws<TrainingException>(() => Backbones.Create("mobilefacenet", _folder["small.safetensors"]));
        Assert.Contains("features.layers.2.weight [128, 512] instead of [512, 512]", error.Message);
    }

    [Fact]
    public void Checkpoint_is_refused_when_it_is_not_there_or_is_none()
    {
        Assert.Contains("nowhere.pt", Assert.Throws<TrainingException>(() => Backbones.Create("iresnet18", _folder["nowhere.pt"])).Message);
        string text = _folder.Write("text.pt", "this is no checkpoint");
        Assert.Contains("not a checkpoint", Assert.Throws<TrainingException>(() => Backbones.Create("iresnet18", text)).Message);
    }

    private string Save(nn.Module network, string prefix)
    {
        string path = _folder[$"{prefix}weights.safetensors"];
        new TensorFile(
            new Dictionary<string, string>(),
            network.state_dict().ToDictionary(entry => prefix + entry.Key, entry => entry.Value)
        ).Write(path);
        return path;
    }
}
