using Semblance.Conversion.Architectures;
using Semblance.Conversion.Tests.Reference;

namespace Semblance.Conversion.Tests.Architectures;

/// <summary>Every architecture against the output of the official network with the same weights.</summary>
public sealed class OfficialNetworkTests
{
    [Theory]
    [InlineData("mtcnn_pnet", "mtcnn-pnet")]
    [InlineData("mtcnn_rnet", "mtcnn-rnet")]
    [InlineData("mtcnn_onet", "mtcnn-onet")]
    public void A_network_gives_the_official_output(string reference, string id)
    {
        ReferenceNetwork network = ReferenceNetwork.Require(reference);
        RecognizedNetwork recognized = ArchitectureCatalog.Recognize([network.Weights]);
        Assert.Equal(id, recognized.Architecture.Id);
        ReferenceNetwork.AssertOutputs(network.Outputs, ReferenceNetwork.Run(recognized.Architecture.Build(recognized.Weights), network.InputShape));
    }
}
