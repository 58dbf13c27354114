using Semblance.Conversion.Architectures;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Tests.Architectures;

public sealed class ArchitectureCatalogTests
{
    public static TheoryData<string> Ids => [.. ArchitectureCatalog.All.Select(architecture => architecture.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_architecture_recognizes_its_own_keys_and_no_other_does(string id)
    {
        StateDict weights = Weights(id, key => key);
        Assert.Equal(id, ArchitectureCatalog.Recognize([weights]).Architecture.Id);
        Assert.Single(ArchitectureCatalog.All, architecture => StateMismatch.Between(architecture, weights).IsNone);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("backbone.")]
    [InlineData("module.backbone.")]
    [InlineData("_orig_mod.module.")]
    [InlineData("student.")]
    [InlineData("face_model.module.trunk.")]
    public void Prefixes_of_training_frameworks_fall_away(string prefix)
    {
        RecognizedNetwork network = ArchitectureCatalog.Recognize([Weights("mtcnn-pnet", key => prefix + key)]);
        Assert.Equal("mtcnn-pnet", network.Architecture.Id);
        Assert.Contains("conv1.weight", network.Weights.Keys);
    }

    [Fact]
    public void A_head_beside_the_network_is_left_out()
    {
        StateDict network = Weights("mtcnn-pnet", key => "model." + key);
        StateDict both = new([
            .. network.Keys.Select(key => KeyValuePair.Create(key, network[key])),
            new("head.kernel", StateTensor.Of(new float[6], 2, 3)),
        ]);
        Assert.Equal("mtcnn-pnet", ArchitectureCatalog.Recognize([both]).Architecture.Id);
    }

    [Fact]
    public void The_first_dictionary_that_fits_is_taken_of_several()
    {
        StateDict optimizer = new([new("momentum", StateTensor.Of([1], 1))]);
        Assert.Equal("mtcnn-onet", ArchitectureCatalog.Recognize([optimizer, Weights("mtcnn-onet", key => key)]).Architecture.Id);
    }

    [Fact]
    public void Counters_of_training_may_be_there_or_not()
    {
        StateDict weights = Weights("arcface-mobilefacenet", key => key);
        StateDict counted = new([
            .. weights.Keys.Select(key => KeyValuePair.Create(key, weights[key])),
            new("layers.0.layers.1.num_batches_tracked", StateTensor.Of([7])),
        ]);
        Assert.Equal("arcface-mobilefacenet", ArchitectureCatalog.Recognize([counted]).Architecture.Id);
    }

    [Fact]
    public void A_mismatch_lists_missing_extra_and_misshapen_keys()
    {
        StateDict weights = Weights(
            "mtcnn-pnet",
            key =>
                key switch
                {
                    "conv2.bias" => "conv2.offset",
                    "prelu1.weight" => "",
                    _ => key,
                },
            ("prelu1.weight", [11])
        );
        string message = Assert.Throws<ConversionException>(() => ArchitectureCatalog.Recognize([weights])).Message;
        Assert.Contains("mtcnn-pnet", message);
        Assert.Contains("1 missing: conv2.bias [16]", message);
        Assert.Contains("1 extra: conv2.offset", message);
        Assert.Contains("1 of the wrong shape: prelu1.weight [11] instead of [10]", message);
    }

    [Fact]
    public void An_architecture_that_is_asked_for_is_the_one_compared_with()
    {
        string message = Assert
            .Throws<ConversionException>(() =>
                ArchitectureCatalog.Recognize([Weights("mtcnn-pnet", key => key)], ArchitectureCatalog.Get("mtcnn-rnet"))
            )
            .Message;
        Assert.Contains("not mtcnn-rnet", message);
        Assert.Contains("dense4.weight [128, 576]", message);
    }

    [Fact]
    public void Something_quite_different_is_told_the_known_architectures()
    {
        string message = Assert
            .Throws<ConversionException>(() => ArchitectureCatalog.Recognize([new([new("embeddings.weight", StateTensor.Of([1], 1))])]))
            .Message;
        Assert.Contains("no known architecture", message);
        Assert.Contains("iresnet-50", message);
        Assert.Contains("keys are embeddings.weight", message);
        Assert.DoesNotContain("nearest", message);
    }

    [Fact]
    public void A_name_that_is_not_known_is_told_the_known_ones() =>
        Assert.Contains("adaface-ir101", Assert.Throws<ConversionException>(() => ArchitectureCatalog.Get("resnet")).Message);

    /// <summary>A state_dict of an architecture's keys, renamed; an empty name leaves an entry out. Its numbers take no memory.</summary>
    private static StateDict Weights(string id, Func<string, string> rename, params IEnumerable<(string Key, long[] Shape)> others) =>
        new(
            ArchitectureCatalog
                .Get(id)
                .Keys.Select(key => (Key: rename(key.Name), key.Shape))
                .Where(entry => entry.Key.Length > 0)
                .Concat(others.Select(other => (other.Key, Shape: (IReadOnlyList<long>)other.Shape)))
                .Select(entry => KeyValuePair.Create<string, StateTensor>(entry.Key, new Zeros(entry.Shape)))
        );

    private sealed class Zeros(IReadOnlyList<long> shape) : StateTensor(shape)
    {
        public override float[] ToFloats() => new float[Count];
    }
}
