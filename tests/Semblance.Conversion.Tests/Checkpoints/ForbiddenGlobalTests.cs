using System.Text;
using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests.Checkpoints;

/// <summary>Everything by which a pickle could make Python run something.</summary>
public sealed class ForbiddenGlobalTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("builtins", "__import__")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch.jit", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("argparse", "Namespace")]
    [InlineData("numpy.core.multiarray", "scalar")]
    public void A_name_that_is_no_tensor_and_no_container_is_refused_and_named(string module, string name)
    {
        string called = CheckpointFile.Refusal(File(pickle => pickle.Global(module, name).Mark().Text("echo").Tuple().Reduce()));
        string mentioned = CheckpointFile.Refusal(File(pickle => pickle.Global(module, name)));
        string stacked = CheckpointFile.Refusal(File(pickle => pickle.Text(module).Text(name).Raw(0x93)));
        Assert.All([called, mentioned, stacked], message => Assert.Contains($"'{module}.{name}'", message));
    }

    [Fact]
    public void A_name_in_a_legacy_file_is_refused_and_named() =>
        Assert.Contains(
            "'os.system'",
            CheckpointFile.Refusal(TorchFiles.Legacy(new PickleBytes().Protocol().Global("os", "system").Stop()))
        );

    [Theory]
    [InlineData("i")]
    [InlineData("o")]
    [InlineData("\u0092")]
    [InlineData("\u0082")]
    [InlineData("\u0097")]
    [InlineData("P")]
    [InlineData("I")]
    [InlineData("S")]
    public void Operations_that_pytorch_does_not_write_are_refused(string operation) =>
        Assert.Contains(
            "operation 0x",
            CheckpointFile.Refusal(File(pickle => pickle.Mark().Text("x").Raw(Encoding.Latin1.GetBytes(operation))))
        );

    [Fact]
    public void Calls_of_something_that_was_made_are_refused() =>
        Assert.Contains("no global", CheckpointFile.Refusal(File(pickle => pickle.EmptyDict().EmptyTuple().Reduce())));

    [Fact]
    public void Attributes_of_a_name_cannot_be_set() =>
        Assert.Contains("attributes", CheckpointFile.Refusal(File(pickle => pickle.Global("torch", "Tensor").EmptyDict().Raw((byte)'b'))));

    [Fact]
    public void A_class_that_stands_for_itself_cannot_be_called() =>
        Assert.Contains(
            "'torch.nn.parameter.Parameter'",
            CheckpointFile.Refusal(File(pickle => pickle.Global("torch.nn.parameter", "Parameter").EmptyTuple().Reduce()))
        );

    [Fact]
    public void Control_characters_of_a_name_do_not_reach_the_message() =>
        Assert.Contains("'os?[2J.x'", CheckpointFile.Refusal(File(pickle => pickle.Global("os\u001b[2J", "x"))));

    private static byte[] File(Func<PickleBytes, PickleBytes> value) =>
        TorchFiles.Zip(value(new PickleBytes().Protocol().EmptyDict().Text("k")).SetItem().Stop());
}
