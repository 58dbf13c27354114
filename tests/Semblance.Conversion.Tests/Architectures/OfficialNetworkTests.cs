using Semblance.Conversion.Architectures;
using Semblance.Conversion.Tests.Reference;

namespace Semblance.Conversion.Tests.Architectures;

/// <summary>Every architecture against the output of the official network with the same weights.</summary>
public sealed class OfficialNetworkTests
{
    [Theory]
    [InlineData("arcface_iresnet18", "iresnet-18")]
    [InlineData("arcface_iresnet34", "iresnet-34")]
    [InlineData("arcface_iresnet50", "iresnet-50")]
    [InlineData("arcface_iresnet100", "iresnet-100")]
    [InlineData("arcface_mobilefacenet", "arcface-mobilefacenet")]
    [InlineData("adaface_ir_18", "adaface-ir18")]
    [InlineData("adaface_ir_34", "adaface-ir34")]
    [InlineData("adaface_ir_50", "adaface-ir50")]
    [InlineData("adaface_ir_101", "adaface-ir101")]
    [InlineData("retinaface_mobilenet025", "retinaface-mobilenet025")]
    [InlineData("retinaface_mobilenet025_odd", "retinaface-mobilenet025")]
    [InlineData("retinaface_resnet50", "retinaface-resnet50")]
    [InlineData("blazeface_front", "blazeface-front")]
    [InlineData("blazeface_back", "blazeface-back")]
    [InlineData("mtcnn_pnet", "mtcnn-pnet")]
    [InlineData("mtcnn_rnet", "mtcnn-rnet")]
    [InlineData("mtcnn_onet", "mtcnn-onet")]
    public void A_network_gives_the_official_output(string reference, string id)
    {
        ReferenceNetwork network = ReferenceNetwork.Require(reference);
        RecognizedNetwork recognized = ArchitectureCatalog.Recognize([network.Weights]);
        Assert.Equal(id, recognized.Architecture.Id);
        ReferenceNetwork.AssertOutputs(
            network.Outputs,
            ReferenceNetwork.Run(recognized.Architecture.Build(recognized.Weights), network.InputShape)
        );
    }
}
