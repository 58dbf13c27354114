using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests.Checkpoints;

/// <summary>What training frameworks put around a state_dict, and the calls by which PyTorch's versions write tensors.</summary>
public sealed class CheckpointShapeTests
{
    private static readonly StoredTensor Two = StoredTensor.Of("w", "0", 2);

    private static readonly byte[] Numbers = TorchFiles.Floats(5, 6);

    [Fact]
    public void A_state_dict_is_found_inside_a_training_runs_checkpoint()
    {
        PickleBytes pickle = new PickleBytes()
            .Protocol()
            .EmptyDict()
            .Text("epoch")
            .Number(7)
            .SetItem()
            .Text("state_dict")
            .StateDict(Two)
            .SetItem();
        using CheckpointFile file = Open(pickle);
        Assert.Equal("state_dict", Assert.Single(file.Parts).Path);
        Assert.Equal([5f, 6], file.Weights["w"].ToFloats());
    }

    [Fact]
    public void A_lightning_checkpoint_is_read_with_its_callbacks_and_parameters()
    {
        PickleBytes pickle = new PickleBytes()
            .Protocol()
            .EmptyDict()
            .Text("callbacks")
            .EmptyDict()
            .Global("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint")
            .EmptyDict()
            .SetItem()
            .SetItem()
            .Text("hyper_parameters")
            .Global("pytorch_lightning.utilities.parsing", "AttributeDict")
            .EmptyTuple()
            .Raw(0x81)
            .Text("lr")
            .Raw((byte)'G', 0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a)
            .SetItem()
            .SetItem()
            .Text("state_dict")
            .StateDict(Two)
            .SetItem();
        using CheckpointFile file = Open(pickle);
        Assert.Equal("state_dict", Assert.Single(file.Parts).Path);
    }

    [Fact]
    public void Every_dictionary_of_tensors_is_a_part_with_the_path_to_it()
    {
        PickleBytes pickle = new PickleBytes()
            .Protocol()
            .EmptyDict()
            .Text("ema")
            .EmptyDict()
            .Text("net")
            .StateDict(Two)
            .SetItem()
            .SetItem()
            .Text("model")
            .StateDict(Two)
            .SetItem();
        using CheckpointFile file = Open(pickle);
        Assert.Equal(["model", "ema.net"], file.Parts.Select(part => part.Path));
    }

    [Fact]
    public void A_parameter_is_its_tensor() =>
        AssertTwo(value => value.Global("torch._utils", "_rebuild_parameter").Mark().Tensor(Two).Bool(true).OrderedDict().Tuple().Reduce());

    [Fact]
    public void A_tensor_of_the_first_form_is_read() =>
        AssertTwo(value =>
            value.Global("torch._utils", "_rebuild_tensor").Mark().Storage(Two).Number(0).Tuple(2).Tuple(1).Tuple().Reduce()
        );

    [Fact]
    public void A_tensor_with_a_type_of_its_own_over_a_storage_of_bytes_is_read()
    {
        StoredTensor bytes = Two with { StorageModule = "torch.storage", StorageType = "UntypedStorage", StorageCount = 8 };
        AssertTwo(value =>
            value
                .Global("torch._utils", "_rebuild_tensor_v3")
                .Mark()
                .Storage(bytes)
                .Number(0)
                .Tuple(2)
                .Tuple(1)
                .Bool(false)
                .OrderedDict()
                .Global("torch", "float32")
                .Tuple()
                .Reduce()
        );
    }

    [Fact]
    public void A_tensor_with_attributes_is_read() =>
        AssertTwo(value =>
            value
                .Global("torch._tensor", "_rebuild_from_type_v2")
                .Mark()
                .Global("torch._utils", "_rebuild_tensor_v2")
                .Global("torch.nn.parameter", "Parameter")
                .Mark()
                .Storage(Two)
                .Number(0)
                .Tuple(2)
                .Tuple(1)
                .Bool(false)
                .OrderedDict()
                .Tuple()
                .EmptyDict()
                .Tuple()
                .Reduce()
        );

    [Fact]
    public void Storages_of_graphics_cards_are_read() => AssertTwo(value => value.Tensor(Two with { StorageModule = "torch.cuda" }));

    [Fact]
    public void Notes_that_pytorch_keeps_on_a_state_dict_are_passed_over()
    {
        using CheckpointFile file = Open(
            new PickleBytes().Protocol().StateDict(Two).EmptyDict().Text("_metadata").OrderedDict().SetItem().Raw((byte)'b')
        );
        Assert.Equal(["w"], file.Weights.Keys);
    }

    [Fact]
    public void A_key_that_is_set_twice_has_the_last_value()
    {
        StoredTensor other = Two with { StorageKey = "1" };
        using CheckpointFile file = new(
            TorchFiles.Zip(new PickleBytes().Protocol().StateDict(Two, other).Stop(), ("0", Numbers), ("1", TorchFiles.Floats(8, 9)))
        );
        Assert.Equal([8f, 9], file.Weights["w"].ToFloats());
    }

    [Fact]
    public void A_pickle_of_the_fourth_protocol_is_read()
    {
        // {"seen": {1, 2}, "w": tensor}: a frame, short texts, a set, values that are remembered and recalled.
        PickleBytes pickle = new PickleBytes()
            .Protocol(4)
            .Raw(0x95)
            .Length64(1000)
            .EmptyDict()
            .Raw(0x94)
            .Mark()
            .Raw(0x8c, 4)
            .Raw("seen"u8)
            .Raw(0x94, 0x8f, 0x94)
            .Mark()
            .Raw((byte)'K', 1, (byte)'K', 2, 0x90)
            .Raw(0x8c, 1)
            .Raw("w"u8)
            .Raw(0x94)
            .Tensor(Two)
            .Raw((byte)'u')
            .Raw((byte)'0', (byte)'h', 0);
        using CheckpointFile file = Open(pickle);
        Assert.Equal([5f, 6], file.Weights["w"].ToFloats());
    }

    [Fact]
    public void An_archive_in_the_form_for_large_files_is_read()
    {
        using CheckpointFile file = new(
            Zip64.Of(("large/data.pkl", new PickleBytes().Protocol().StateDict(Two).Stop()), ("large/data/0", Numbers))
        );
        Assert.Equal([5f, 6], file.Weights["w"].ToFloats());
    }

    [Fact]
    public void A_torchscript_program_is_refused_as_code() =>
        Assert.Contains(
            "TorchScript",
            CheckpointFile.Refusal(
                TorchFiles.ZipOf([
                    ("m/data.pkl", new PickleBytes().Protocol().StateDict(Two).Stop()),
                    ("m/constants.pkl", [1]),
                    ("m/data/0", Numbers),
                ])
            )
        );

    [Fact]
    public void A_file_of_a_big_endian_machine_is_refused() =>
        Assert.Contains(
            "big-endian",
            CheckpointFile.Refusal(
                TorchFiles.ZipOf([
                    ("m/data.pkl", new PickleBytes().Protocol().StateDict(Two).Stop()),
                    ("m/byteorder", "big"u8.ToArray()),
                    ("m/data/0", Numbers),
                ])
            )
        );

    private static void AssertTwo(Func<PickleBytes, PickleBytes> value)
    {
        using CheckpointFile file = Open(value(new PickleBytes().Protocol().OrderedDict().Text("w")).SetItem());
        Assert.Equal([2], file.Weights["w"].Shape);
        Assert.Equal([5f, 6], file.Weights["w"].ToFloats());
    }

    private static CheckpointFile Open(PickleBytes pickle) => new(TorchFiles.Zip(pickle.Stop(), ("0", Numbers)));
}
