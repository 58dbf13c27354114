using Semblance.Attributes;
using Semblance.Models;

namespace Semblance.Tests.Attributes;

public sealed class AttributeDescriptorTests
{
    [Fact]
    public void Every_attribute_has_a_feature_a_kind_and_a_model_of_the_pack_or_to_pull_that_gives_it()
    {
        Assert.Equal(AttributeDescriptor.All.Count, AttributeDescriptor.All.Select(attribute => attribute.Feature).Distinct().Count());
        Assert.All(AttributeDescriptor.All, attribute =>
        {
            Assert.True(Enum.IsDefined(attribute.Feature), attribute.Name);
            Assert.Same(attribute, AttributeDescriptor.For(attribute.Kind));
            ModelManifest manifest = TestModels.Catalog.Contains(attribute.DefaultModel)
                ? TestModels.Catalog.Find(attribute.DefaultModel).Manifest
                : PullableCatalog.Default.Find(attribute.DefaultModel).Manifest;
            Assert.Contains(attribute.Kind, manifest.Kinds);
        });
        Assert.Throws<ArgumentOutOfRangeException>(() => AttributeDescriptor.For(ModelKind.Detector));
    }

    [Fact]
    public void An_attribute_reads_as_its_estimate_or_as_the_reason_why_there_is_none()
    {
        FaceAttributes face = new()
        {
            Age = AttributeEstimate.Of(new AgeEstimate(34.4, [27.6, 40.2])),
            Gender = AttributeEstimate.NotKnown<GenderEstimate>("too dark"),
            Pose = AttributeEstimate.Of(new HeadPose(-12.4, 3.6, 0.2)),
        };
        Assert.Equal(
            ["apparent age 34 (28 to 40)", "perceived gender unknown (too dark)", null, "pose yaw -12, pitch 4, roll 0", null, null],
            AttributeDescriptor.All.Select(attribute => attribute.TextOf(face))
        );
    }

    [Fact]
    public void Only_what_a_model_gives_becomes_unknown()
    {
        FaceAttributes face = AttributeDescriptor.NotKnown([ModelKind.Age, ModelKind.Embedder], "too small");
        Assert.Equal("too small", face.Age!.Unknown);
        Assert.Equal(new FaceAttributes { Age = face.Age }, face);
    }
}
