using System.Diagnostics;
using Semblance.Conversion.Onnx;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Models.Importing;
using Semblance.Models.Installing;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Models.Importing;

public sealed class OnnxImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_foreign_embedder_loads_with_its_own_dimension()
    {
        string file = ReferenceData.Require("weights/mobilefacenet_foreign.onnx");
        OnnxImport import = OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder });
        InstalledModel model = new ModelStore(Path.Combine(_folder, "models")).Add(
            import.Manifest,
            new Dictionary<string, string> { ["model"] = file },
            cancellationToken: TestContext.Current.CancellationToken
        );
        using OnnxFaceEmbedder embedder = new(model);
        Assert.Equal("mobilefacenet-foreign", embedder.Id);
        Assert.Equal(128, embedder.Dimension);
        Assert.Equal("not stated", model.Manifest.License);
        Assert.Null(model.Manifest.CommercialUse);
        Assert.Contains("channels RGB", import.Assumptions);
    }

    [Fact]
    public void An_scrfd_is_recognised_by_its_outputs()
    {
        OnnxImport import = OnnxImport.Describe(
            ReferenceData.Require("weights/scrfd_500m_bnkps.onnx"),
            new() { Kind = ModelKind.Detector }
        );
        Assert.Equal(DetectorDecoder.Scrfd, import.Manifest.Output.Decoder!.Kind);
        Assert.Equal([8, 16, 32], import.Manifest.Output.Decoder.Strides!);
        Assert.Equal(5, import.Manifest.Output.Decoder.Keypoints);
        Assert.Equal((640, 640), (import.Manifest.Input.Width, import.Manifest.Input.Height));
    }

    [Fact]
    public void A_retinaface_is_recognised_by_its_outputs_and_reads_bgr()
    {
        string file = Write(
            "r.onnx",
            SmallNetworks.Constant(
                [1, 3, 64, 64],
                ("x", [1, 168, 4], new float[672]),
                ("y", [1, 168, 2], new float[336]),
                ("z", [1, 168, 10], new float[1680])
            )
        );
        ModelManifest manifest = OnnxImport.Describe(file, new() { Kind = ModelKind.Detector }).Manifest;
        Assert.Equal(DetectorDecoder.RetinaFace, manifest.Output.Decoder!.Kind);
        Assert.Equal("BGR", manifest.Input.Channels);
        Assert.Equal([104f, 117, 123], manifest.Input.Mean);
    }

    [Fact]
    public void Adafaces_two_outputs_become_vector_and_norm_and_its_channels_are_assumed()
    {
        string file = Write("ada.onnx", SmallNetworks.EmbedderWithNorm(112, 8));
        OnnxImport import = OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder });
        ModelManifest manifest = import.Manifest;
        Assert.Contains("channels BGR", import.Assumptions);
        Assert.Equal("embedding", manifest.Output.Outputs["feature"].Role);
        Assert.Equal("norm", manifest.Output.Outputs["norm"].Role);
        Assert.StartsWith("ada/bgr-127.5", manifest.Contract);
    }

    [Fact]
    public void What_was_said_is_not_assumed()
    {
        string file = Write("e.onnx", SmallNetworks.Embedder("N", 112, 8));
        OnnxImport import = OnnxImport.Describe(
            file,
            new()
            {
                Kind = ModelKind.Embedder,
                Channels = "bgr",
                Mean = [1, 2, 3],
                Scale = [0.5f],
                License = "MIT",
            }
        );
        Assert.Empty(import.Assumptions);
        Assert.Equal("BGR", import.Manifest.Input.Channels);
        Assert.Equal([1f, 2, 3], import.Manifest.Input.Mean);
        Assert.Equal([0.5f, 0.5f, 0.5f], import.Manifest.Input.Scale);
        Assert.Equal("MIT", import.Manifest.License);
        Assert.True(import.Manifest.CommercialUse);
    }

    [Fact]
    public void A_manifest_beside_the_file_wins_and_options_win_over_it()
    {
        string file = Write("e.onnx", SmallNetworks.Embedder("N", 112, 8));
        using TemporaryModels models = new();
        InstalledModel described = models.Add(
            "beside",
            ModelKind.Embedder,
            SmallNetworks.Embedder("N", 112, 8),
            EmbedderOutputs.Input(112),
            EmbedderOutputs.Vector("vector", 8)
        );
        (described.Manifest with { License = "CC0-1.0" }).Write(Path.ChangeExtension(file, ".json"));
        OnnxImport import = OnnxImport.Describe(file, new() { Id = "renamed", Channels = "BGR" });
        Assert.Equal(("renamed", "CC0-1.0", "BGR"), (import.Manifest.Id, import.Manifest.License, import.Manifest.Input.Channels));
        Assert.Empty(import.Assumptions);
    }

    [Fact]
    public void Another_file_under_the_same_id_has_another_contract()
    {
        string one = Write("mine.onnx", SmallNetworks.Embedder("N", 112, 8)),
            again = Write("again.onnx", SmallNetworks.Embedder("N", 112, 8)),
            other = Write("other.onnx", SmallNetworks.Embedder("N", 112, 9));
        string[] contracts =
        [
            .. new[] { one, again, other }.Select(file =>
                OnnxImport.Describe(file, new() { Id = "mine", Kind = ModelKind.Embedder }).Manifest.Contract!
            ),
        ];
        Assert.Equal(contracts[0], contracts[1]);
        Assert.NotEqual(contracts[0], contracts[2]);
    }

    [Fact]
    public void Pixels_that_go_in_otherwise_than_a_manifest_says_change_its_contract()
    {
        string file = Write("e.onnx", SmallNetworks.Embedder("N", 112, 8));
        using TemporaryModels models = new();
        InstalledModel described = models.Add(
            "e",
            ModelKind.Embedder,
            SmallNetworks.Embedder("N", 112, 8),
            EmbedderOutputs.Input(112),
            EmbedderOutputs.Vector("vector", 8)
        );
        described.Manifest.Write(Path.ChangeExtension(file, ".json"));
        string other = described.Manifest.Input.Channels == "RGB" ? "BGR" : "RGB";
        Assert.Equal(
            described.Manifest.Contract,
            OnnxImport.Describe(file, new() { Channels = described.Manifest.Input.Channels, License = "MIT" }).Manifest.Contract
        );
        Assert.NotEqual(described.Manifest.Contract, OnnxImport.Describe(file, new() { Channels = other }).Manifest.Contract);
    }

    [Fact]
    public void A_graph_that_asks_for_gigabytes_is_refused_without_them()
    {
        OnnxGraphBuilder graph = new("bomb");
        graph.Input("crop", "N", 3, 112, 112);
        graph.Output(graph.Add("ConstantOfShape", [graph.Longs(1L << 21, 512)]), "vector", "N", 512);
        string file = Write("bomb.onnx", graph.Build("test"));
        Assert.InRange(new FileInfo(file).Length, 1, 1024);
        OnnxImport import = OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder });
        ModelException error = Assert.Throws<ModelException>(() =>
            new ModelStore(Path.Combine(_folder, "models")).Add(
                import.Manifest,
                new Dictionary<string, string> { ["model"] = file },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("memory", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "models")));
        using Process process = Process.GetCurrentProcess();
        Assert.InRange(process.PeakWorkingSet64, 1, 3L << 30);
    }

    [Theory]
    [InlineData("weights.bin")]
    [InlineData("../weights.bin")]
    public void Weights_in_another_file_are_not_taken_over_and_the_error_says_what_to_do(string location)
    {
        // A graph whose only constant is named to lie elsewhere, as protobuf: data_location and the location, of a tensor [1, 8].
        ProtoWriter proto = new();
        proto.Integer(1, 8);
        proto.Message(7, graph =>
        {
            graph.Message(1, node =>
            {
                node.Text(1, "w");
                node.Text(2, "vector");
                node.Text(4, "Identity");
            });
            graph.Text(2, "external");
            graph.Message(5, tensor =>
            {
                tensor.Integer(1, 1);
                tensor.Integer(1, 8);
                tensor.Integer(2, 1);
                tensor.Text(8, "w");
                tensor.Message(13, entry =>
                {
                    entry.Text(1, "location");
                    entry.Text(2, location);
                });
                tensor.Integer(14, 1);
            });
            graph.Message(11, input => Value(input, "crop", 1, 3, 112, 112));
            graph.Message(12, output => Value(output, "vector", 1, 8));
        });
        proto.Message(8, opset => opset.Integer(2, 17));
        string inside = Directory.CreateDirectory(Path.Combine(_folder, "inside")).FullName,
            file = Path.Combine(inside, "external.onnx");
        using (FileStream stream = File.Create(file))
            proto.CopyTo(stream, CancellationToken.None);
        File.WriteAllBytes(Path.Combine(inside, location), new byte[32]);

        ModelException error = Assert.Throws<ModelException>(() =>
        {
            OnnxImport import = OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder });
            new ModelStore(Path.Combine(_folder, "models")).Add(
                import.Manifest,
                new Dictionary<string, string> { ["model"] = file },
                cancellationToken: TestContext.Current.CancellationToken
            );
        });
        Assert.Contains("external_data=False", error.Message);

        static void Value(ProtoWriter value, string name, params long[] shape)
        {
            value.Text(1, name);
            value.Message(2, type => type.Message(1, tensor =>
                {
                    tensor.Integer(1, 1);
                    tensor.Message(2, axes =>
                    {
                        foreach (long side in shape)
                            axes.Message(1, axis => axis.Integer(1, side));
                    });
                }));
        }
    }

    [Theory]
    [InlineData(ModelKind.Embedder, "N, dimension")]
    [InlineData(ModelKind.Gender, "labels")]
    [InlineData(ModelKind.Detector, "no known detector")]
    public void A_network_of_another_kind_is_refused_with_what_it_has(ModelKind kind, string message)
    {
        OnnxModel network =
            kind == ModelKind.Embedder
                ? SmallNetworks.Constant([1, 3, 64, 64], ("x", [1, 168, 4], new float[672]))
                : SmallNetworks.Embedder("N", 112, 8);
        string file = Write("x.onnx", network);
        Assert.Contains(message, Assert.Throws<ModelException>(() => OnnxImport.Describe(file, new() { Kind = kind })).Message);
    }

    [Fact]
    public void A_gender_network_becomes_an_attribute_that_is_asked_by_its_id()
    {
        string file = Write("gender.onnx", SmallNetworks.Constant(["N", 3, 64, 64], ("logits", [1, 2], [0, 1])));
        Assert.Contains(
            "another id",
            Assert
                .Throws<ModelException>(() => OnnxImport.Describe(file, new() { Kind = ModelKind.Gender, Labels = ["female", "male"] }))
                .Message
        );
        OnnxImport import = OnnxImport.Describe(
            file,
            new()
            {
                Id = "my-gender",
                Kind = ModelKind.Gender,
                Labels = ["female", "male"],
            }
        );
        Assert.Contains("activation softmax", import.Assumptions);
        string models = Path.Combine(_folder, "models");
        new ModelStore(models).Add(
            import.Manifest,
            new Dictionary<string, string> { ["model"] = file },
            cancellationToken: TestContext.Current.CancellationToken
        );
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(new(models, TestModels.Catalog.Folders[0]))
            .UseAttributes("my-gender")
            .UseExecution(TestModels.OneThread)
            .Build();
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        AnalyzedFace face = Assert.Single(analyzer.Analyze(image, FaceFeatures.Gender, TestContext.Current.CancellationToken).Faces!);
        Assert.Equal("male", face.Gender!.Value!.Label);
    }

    [Fact]
    public void A_number_of_labels_that_does_not_fit_is_refused()
    {
        string file = Write("gender.onnx", SmallNetworks.Constant(["N", 3, 64, 64], ("logits", [1, 3], new float[3])));
        Assert.Contains(
            "3 classes",
            Assert
                .Throws<ModelException>(() =>
                    OnnxImport.Describe(
                        file,
                        new()
                        {
                            Id = "x",
                            Kind = ModelKind.Gender,
                            Labels = ["a", "b"],
                        }
                    )
                )
                .Message
        );
    }

    [Fact]
    public void Channels_last_is_named_as_the_reason()
    {
        string file = Write("nhwc.onnx", SmallNetworks.Constant([1, 112, 112, 3], ("x", [1, 8], new float[8])));
        Assert.Contains(
            "NHWC",
            Assert.Throws<ModelException>(() => OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder })).Message
        );
    }

    [Fact]
    public void Another_size_than_said_is_refused()
    {
        string file = Write("e.onnx", SmallNetworks.Embedder("N", 96, 8));
        Assert.Contains(
            "112",
            Assert.Throws<ModelException>(() => OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder, Size = 112 })).Message
        );
    }

    [Fact]
    public void Without_kind_or_manifest_the_error_says_what_to_give()
    {
        string file = Write("e.onnx", SmallNetworks.Embedder("N", 112, 8));
        Assert.Contains("e.json", Assert.Throws<ModelException>(() => OnnxImport.Describe(file)).Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_truncated_file_is_refused(double share)
    {
        byte[] whole = SmallNetworks.Embedder("N", 112, 64).ToBytes();
        string file = Path.Combine(_folder, "cut.onnx");
        File.WriteAllBytes(file, whole[..(int)(whole.Length * share)]);
        Assert.Contains(
            "cut.onnx",
            Assert.Throws<ModelException>(() => OnnxImport.Describe(file, new() { Kind = ModelKind.Embedder })).Message
        );
    }

    private string Write(string name, OnnxModel network)
    {
        string path = Path.Combine(_folder, name);
        network.Write(path);
        return path;
    }
}
