using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Training.Embedders;
using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Embedders;

/// <summary>Whole runs on made-up pictures of made-up people.</summary>
[Collection(LibTorchCollection.Name)]
public sealed class EmbedderRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ends_with_a_model_that_embeds_at_once_with_thresholds_card_and_plots()
    {
        EmbedderOptions options = Options("run", "pack:mobilefacenet-512", people: 6) with
        {
            Evaluate = [Pairs(6)],
            Calibrate = Pairs(6),
            DataName = "made-up people",
            License = "CC0-1.0",
        };
        RecordingView view = new();
        string model = await EmbedderRun.RunAsync(options, view, TestContext.Current.CancellationToken);

        Assert.Contains($"use it: semblance verify a.jpg b.jpg --embedder {model}{Path.DirectorySeparatorChar} --fmr 0.03", view.Messages);
        InstalledModel installed = ModelCatalog.Default.Find(Path.GetRelativePath(Environment.CurrentDirectory, model), ModelKind.Embedder);
        Assert.Equal("run", installed.Id);
        Assert.Empty(installed.FindAlteredFiles());
        Assert.Equal([0.1, 0.03], installed.Manifest.Calibration!.Fmr.Select(row => row[0]));
        Assert.Equal((18, 135), (installed.Manifest.Calibration.MatedPairs, installed.Manifest.Calibration.NonMatedPairs));
        Assert.Equal(
            ("BGR", "CC0-1.0", "made-up people; the network before it: not stated by its publisher"),
            (installed.Manifest.Input.Channels, installed.Manifest.License, installed.Manifest.TrainingData)
        );
        Assert.InRange(installed.Manifest.Measured!["pairs.accuracy"], 0.5, 1);

        using OnnxFaceEmbedder embedder = new(installed);
        FaceEmbedding embedding = embedder.Embed([Crop(TemporaryFolder.Picture(2, 1))], TestContext.Current.CancellationToken)[0];
        Assert.Equal(512, embedding.Dimension);
        Assert.Equal(installed.Manifest.Contract, embedding.Contract);

        string card = File.ReadAllText(Path.Combine(model, "CARD.md"));
        Assert.Contains("| pairs.accuracy |", card);
        Assert.Contains("| 0.1 |", card);
        Assert.True(new FileInfo(_folder["run/loss.png"]).Length > 1000);
        Assert.True(new FileInfo(_folder["run/accuracy.png"]).Length > 1000);
    }

    [Fact]
    public async Task Interrupted_and_resumed_run_gives_the_same_file_as_an_uninterrupted_one()
    {
        EmbedderOptions whole = Options("whole", "pack:mobilefacenet-512", people: 4) with { Epochs = 2, KeepAside = 0 },
            half = whole with { Out = _folder["half"] };
        await EmbedderRun.RunAsync(whole, new RecordingView(), TestContext.Current.CancellationToken);
        using CancellationTokenSource stop = new();
        RecordingView interrupted = new()
        {
            OnStep = progress =>
            {
                if (progress.Step == 2)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EmbedderRun.RunAsync(half, interrupted, stop.Token));
        Assert.Contains("stopped after step 2; go on with --resume", interrupted.Messages);
        RecordingView resumed = new();
        await EmbedderRun.RunAsync(half with { Start = RunStart.Resume }, resumed, TestContext.Current.CancellationToken);
        Assert.Equal(3, resumed.Steps[0].Step);
        Assert.Equal(File.ReadAllBytes(_folder["whole/checkpoint.safetensors"]), File.ReadAllBytes(_folder["half/checkpoint.safetensors"]));
        Assert.Equal(File.ReadAllBytes(_folder["whole/model/model.onnx"]), File.ReadAllBytes(_folder["half/model/model.onnx"]));
    }

    [Fact]
    public async Task People_with_one_picture_and_pictures_that_cannot_be_read_are_left_out_with_a_warning()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 3) with { KeepAside = 0, Epochs = 0.5 };
        _folder.Write("people/lonely/1.png", TemporaryFolder.Picture(9, 0));
        _folder.Write("people/000/broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3]);
        RecordingView view = new();
        await EmbedderRun.RunAsync(options, view, TestContext.Current.CancellationToken);
        Assert.Contains(view.Messages, message =>
            message.StartsWith("warning: 1 pictures cannot be read, left out:", StringComparison.Ordinal)
            && message.Contains("broken.jpg", StringComparison.Ordinal)
        );
        Assert.Contains(view.Messages, message =>
            message.StartsWith("warning: 1 people have fewer than 2 usable pictures and are left out: lonely", StringComparison.Ordinal)
        );
        Assert.Contains(view.Messages, message => message.StartsWith("3 people, 9 crops", StringComparison.Ordinal));
        Assert.Contains(view.Messages, message => message.Contains("semblance models calibrate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_is_refused_when_no_two_people_are_left()
    {
        _folder.Write("people/a/1.png", TemporaryFolder.Picture(1, 0));
        _folder.Write("people/b/1.png", TemporaryFolder.Picture(2, 0));
        Assert.Contains("two such people at least are needed", (await Refused(Plain("run", "mobilefacenet"))).Message);
        _folder.Write("people/a/1.png", "no picture");
        _folder.Write("people/b/1.png", "no picture");
        Assert.Contains("none of its 2 pictures can be used", (await Refused(Plain("run2", "mobilefacenet"))).Message);
    }

    [Fact]
    public async Task Run_is_refused_when_its_folder_holds_another_or_nothing_to_resume()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 2);
        Assert.Contains("no checkpoint to resume", (await Refused(options with { Start = RunStart.Resume })).Message);
        _folder.Write("run/checkpoint.safetensors", "an old run");
        Assert.Contains("holds a run already", (await Refused(options)).Message);
    }

    [Fact]
    public async Task Run_is_not_resumed_with_other_data_or_options()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 4) with { KeepAside = 0 };
        using CancellationTokenSource stop = new();
        RecordingView view = new() { OnStep = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EmbedderRun.RunAsync(options, view, stop.Token));
        byte[] before = File.ReadAllBytes(_folder["run/checkpoint.safetensors"]);
        EmbedderOptions resumed = options with { Start = RunStart.Resume };
        Assert.Contains("CosFace margin", (await Refused(resumed with { Loss = LossKind.CosFace })).Message);
        Assert.Contains("made with other data or options", (await Refused(resumed with { Evaluate = [Pairs(4)] })).Message);
        Directory.Move(_folder["people/001"], _folder["people/renamed"]);
        Assert.Contains("made with other data or options", (await Refused(resumed)).Message);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/checkpoint.safetensors"]));
    }

    [Fact]
    public async Task Run_is_refused_when_nothing_can_be_written_into_its_folder()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 2);
        _folder.Write("file", "no folder");
        Assert.Contains(
            $"--out {_folder["file"]}: nothing can be written there",
            (await Refused(options with { Out = _folder["file"] })).Message
        );
    }

    [Fact]
    public async Task Lists_of_one_name_are_refused_because_their_figures_would_be_mixed_up()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 4);
        string other = _folder.Write("other/pairs.csv", File.ReadAllText(Pairs(4)));
        Assert.Contains(
            "several lists are called pairs",
            (await Refused(options with { Evaluate = [Pairs(4), other], EvaluateImages = _folder["people"] })).Message
        );
    }

    [Fact]
    public async Task Last_state_is_exported_when_no_best_one_could_be_kept()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 4) with { KeepAside = 0, Evaluate = [Pairs(4)] };
        RecordingView view = new()
        {
            // Nothing can be moved there.
            OnStep = _ => Directory.CreateDirectory(_folder["run/best.safetensors"]),
        };
        string model = await EmbedderRun.RunAsync(options, view, TestContext.Current.CancellationToken);
        Assert.Contains("warning: no best state could be kept; the model is the last one", view.Messages);
        Assert.True(File.Exists(Path.Combine(model, "model.onnx")));
    }

    [Fact]
    public async Task All_wrong_options_are_named_at_once()
    {
        string message = (
            await Refused(
                Plain("run", "mobilefacenet") with
                {
                    Epochs = 0,
                    Batch = 1,
                    Rate = -1,
                    PartialRate = 2,
                    KeepAside = 1,
                    Threads = 0,
                    Freeze = -1,
                    EvaluateEvery = 0,
                    Margin = -1,
                    HeadRateFactor = 0,
                }
            )
        ).Message;
        Assert.All(
            [
                "--epochs",
                "--batch",
                "--lr",
                "--partial-fc",
                "--keep-aside",
                "--threads",
                "--freeze",
                "--eval-every",
                "--margin",
                "--head-lr",
            ],
            option => Assert.Contains(option, message)
        );
    }

    [Fact]
    public async Task Wrong_labels_of_pairs_are_refused_when_they_contradict_the_folders()
    {
        EmbedderOptions options = Options("run", "mobilefacenet", people: 2);
        _folder.Write("people/pairs.csv", "image_a,image_b,same\n000/0.png,001/0.png,1\n");
        Assert.Contains(
            "labelled same, but their folders say otherwise",
            (await Refused(options with { Calibrate = _folder["people/pairs.csv"] })).Message
        );
    }

    [Fact]
    public async Task Freezing_is_refused_when_the_network_learns_statistics() =>
        Assert.Contains("cannot be frozen", (await Refused(Options("run", "mobilefacenet", people: 2) with { Freeze = 3 })).Message);

    private static async Task<TrainingException> Refused(EmbedderOptions options) =>
        await Assert.ThrowsAsync<TrainingException>(() =>
            EmbedderRun.RunAsync(options, new RecordingView(), TestContext.Current.CancellationToken)
        );

    private EmbedderOptions Options(string name, string backbone, int people)
    {
        _folder.WritePeople("people", people, pictures: 3);
        return Plain(name, backbone);
    }

    private EmbedderOptions Plain(string name, string backbone) =>
        new()
        {
            Data = _folder["people"],
            Crops = CropSource.Aligned,
            Backbone = backbone,
            Epochs = 1,
            Batch = 4,
            Rate = 0.01,
            Threads = 1,
            Augmentation = Augmentation.AdaFace,
            Out = _folder[name],
        };

    /// <summary>All pairs of neighbouring people and of pictures of one.</summary>
    private string Pairs(int people)
    {
        IEnumerable<string> lines = Enumerable
            .Range(0, people)
            .SelectMany(person =>
                Enumerable
                    .Range(0, 3)
                    .SelectMany(i =>
                        (string[])
                            [
                                $"{person:000}/{i}.png,{person:000}/{(i + 1) % 3}.png,1",
                                $"{person:000}/{i}.png,{(person + 1) % people:000}/{i}.png,0",
                            ]
                    )
            );
        return _folder.Write("people/pairs.csv", "image_a,image_b,same\n" + string.Join('\n', lines.Distinct()) + "\n");
    }

    private static AlignedFace Crop(byte[] picture)
    {
        byte[] crop = new FaceCropper(CropSource.Aligned, null).Crop(picture, "made up")!;
        return new(
            new PixelView(crop, FaceCropper.Side, FaceCropper.Side, 3 * FaceCropper.Side, PixelFormat.Rgb24),
            new(1, 0, 0, 0),
            new DetectedFace(new(0, 0, 112, 112), 1, default)
        );
    }
}
