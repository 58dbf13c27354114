using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Tests.Checkpoints.Files;

namespace Semblance.Conversion.Tests;

public sealed class CheckpointImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-import-").FullName;

    [Fact]
    public void A_checkpoint_becomes_an_onnx_file_with_what_its_manifest_needs()
    {
        ImportedModel model = Import([Checkpoint("blazeface-front")]);
        Assert.Equal(("blazeface-front", NetworkKind.Detector), (model.Model, model.Kind));
        ImportedNetwork network = Assert.Single(model.Networks);
        Assert.Equal(Path.Combine(_folder, "model.onnx"), network.File);
        Assert.Equal((128, 128, ChannelOrder.Rgb), (model.Input.Width, model.Input.Height, model.Input.Channels));
        Assert.Equal(["regressors", "scores"], OnnxModel.Read(network.File).Graph.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void Three_checkpoints_become_one_mtcnn_in_any_order()
    {
        ImportedModel model = Import([Checkpoint("mtcnn-onet"), Checkpoint("mtcnn-pnet"), Checkpoint("mtcnn-rnet")]);
        Assert.Equal("mtcnn", model.Model);
        Assert.Equal(["onet", "pnet", "rnet"], model.Networks.Select(network => network.Architecture.Role.File));
        Assert.Equal(["onet.onnx", "pnet.onnx", "rnet.onnx"], Directory.GetFiles(_folder, "*.onnx").Select(Path.GetFileName).Order());
        Assert.Equal(0, model.Input.Width);
    }

    [Fact]
    public void A_model_that_lacks_a_network_is_refused_and_nothing_is_left()
    {
        string message = Refusal(Checkpoint("mtcnn-pnet"), Checkpoint("mtcnn-onet"));
        Assert.Contains("rnet", message);
        Assert.Empty(Directory.GetFiles(_folder, "*.onnx"));
    }

    [Fact]
    public void A_network_twice_is_refused() =>
        Assert.Contains("a second file", Refusal(Checkpoint("mtcnn-pnet"), Checkpoint("mtcnn-pnet")));

    [Fact]
    public void Networks_of_two_models_are_refused() =>
        Assert.Contains("no part of", Refusal(Checkpoint("mtcnn-pnet"), Checkpoint("blazeface-front")));

    [Fact]
    public void An_unknown_network_is_refused_with_the_name_of_its_file()
    {
        string path = CheckpointFile.Write(TorchFiles.Sound("zip"));
        Assert.Contains(path, Refusal(path));
        File.Delete(path);
    }

    [Fact]
    public void A_cancelled_import_leaves_nothing()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            CheckpointImport.Run([Checkpoint("blazeface-front")], _folder, cancellationToken: cancelled.Token)
        );
        Assert.Empty(Directory.GetFiles(_folder, "*.onnx"));
    }

    [Fact]
    public void An_architecture_that_was_named_and_is_not_there_is_refused() =>
        Assert.Contains(
            "not iresnet-18",
            Assert.Throws<ConversionException>(() => Import([Checkpoint("mtcnn-pnet")], new() { Architecture = "iresnet-18" })).Message
        );

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Refusal(params string[] checkpoints) => Assert.Throws<ConversionException>(() => Import(checkpoints)).Message;

    private ImportedModel Import(string[] checkpoints, CheckpointImportOptions? options = null) =>
        CheckpointImport.Run(checkpoints, _folder, options, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A checkpoint of an architecture, in a file.</summary>
    private string Checkpoint(string id)
    {
        string path = Path.Combine(_folder, Guid.NewGuid() + ".pth");
        StoredTensor[] tensors =
        [
            .. ArchitectureCatalog.Get(id).Keys.Select((key, number) => StoredTensor.Of(key.Name, $"{number}", [.. key.Shape])),
        ];
        byte[] pickle = new PickleBytes().Protocol().StateDict(tensors).Stop();
        File.WriteAllBytes(
            path,
            TorchFiles.Zip(pickle, tensors.Select(tensor => (tensor.StorageKey, new byte[sizeof(float) * tensor.StorageCount])))
        );
        return path;
    }
}
