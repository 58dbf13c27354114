using Semblance.Detection;
using Semblance.Detection.RetinaFace;
using Semblance.Geometry;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Training.Detectors;
using Semblance.Training.Tests.Support;
using Semblance.Training.Trainer;
using SkiaSharp;

namespace Semblance.Training.Tests.Detectors;

[Collection(LibTorchCollection.Name)]
public sealed class DetectorRunTests : IDisposable
{
    private const int Pictures = 24,
        Side = 96;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Model_finds_what_it_was_trained_on_when_a_run_ends()
    {
        RecordingView view = new();
        string model = await DetectorRun.RunAsync(
            Options("run") with
            {
                Steps = 120,
                Cooldown = 40,
                Batch = 8,
                Rate = 1e-2,
                Warmup = 5,
                Average = 0.9,
                MeasureEvery = 60,
            },
            view,
            TestContext.Current.CancellationToken
        );
        InstalledModel installed = InstalledModel.Open(model);
        Assert.False(installed.Manifest.CommercialUse);
        Assert.True(installed.Manifest.Measured!["aside.ap16"] > 0.8, $"{installed.Manifest.Measured!["aside.ap16"]}");
        using RetinaFaceDetector detector = new(installed);
        (byte[] bytes, FaceBox box) = Picture(1000);
        using FaceImage image = FaceImage.FromBytes(bytes, "unseen");
        DetectedFace found = detector.Detect(image, new(), TestContext.Current.CancellationToken)[0];
        Assert.True(found.Box.IntersectionOverUnion(box) > 0.5, $"{found.Box} is not {box}");
        Assert.Contains("aside.ap16", File.ReadAllText(Path.Combine(model, "CARD.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ends_with_the_same_weights_when_it_is_stopped_and_resumed()
    {
        DetectorOptions options = Options("whole") with { Steps = 6, Cooldown = 2, Batch = 2, MeasureEvery = 100 };
        await DetectorRun.RunAsync(options, new RecordingView(), TestContext.Current.CancellationToken);
        DetectorOptions stopped = options with { Out = _folder["stopped"] };
        using CancellationTokenSource stop = new();
        RecordingView view = new()
        {
            OnStep = progress =>
            {
                if (progress.Step == 3)
                    stop.Cancel();
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DetectorRun.RunAsync(stopped, view, stop.Token));
        await DetectorRun.RunAsync(stopped with { Start = RunStart.Resume }, new RecordingView(), TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(new RunFolder(options.Out).Checkpoint), File.ReadAllBytes(new RunFolder(stopped.Out).Checkpoint));
    }

    [Fact]
    public async Task Every_wrong_option_is_named_when_a_run_is_started()
    {
        DetectorOptions options = Options("wrong") with { Batch = 0, Rate = 0, Learning = DetectorLearning.Blocks };
        TrainingException error = await Assert.ThrowsAsync<TrainingException>(() =>
            DetectorRun.RunAsync(options, new RecordingView(), TestContext.Current.CancellationToken)
        );
        Assert.Contains("--batch", error.Message, StringComparison.Ordinal);
        Assert.Contains("--lr", error.Message, StringComparison.Ordinal);
        Assert.Contains("--teacher", error.Message, StringComparison.Ordinal);
    }

    private DetectorOptions Options(string run)
    {
        for (int i = 0; i < Pictures; i++)
            _folder.Write($"data/images/{i}.png", Picture(i).Bytes);
        _folder.Write(
            "data/label.txt",
            string.Concat(
                Enumerable
                    .Range(0, Pictures)
                    .Select(i => (i, Picture(i).Box))
                    .Select(one =>
                        FormattableString.Invariant($"# {one.i}.png\n{one.Box.X} {one.Box.Y} {one.Box.Width} {one.Box.Height}\n")
                    )
            )
        );
        return new()
        {
            Data = [_folder["data"]],
            Out = _folder[run],
            Scenes = new()
            {
                Side = Side,
                TurnShare = 0,
                FaceShare = 1,
                SmallestFace = 24,
                LargestFace = 48,
            },
            Warmup = 2,
            Threads = 1,
            Seed = 7,
        };
    }

    /// <summary>A disc with two eyes and a mouth, somewhere on a plain background.</summary>
    private static (byte[] Bytes, FaceBox Box) Picture(int seed)
    {
        Random random = new(seed);
        using SKBitmap bitmap = new(160, 160, SKColorType.Rgba8888, SKAlphaType.Opaque);
        int size = random.Next(28, 44),
            x = random.Next(8, 150 - size),
            y = random.Next(8, 150 - size);
        using (SKCanvas canvas = new(bitmap))
        {
            canvas.Clear(new SKColor((byte)random.Next(70), (byte)random.Next(70), (byte)random.Next(70)));
            using SKPaint skin = new() { Color = new SKColor(230, 190, 160) },
                dark = new() { Color = new SKColor(40, 20, 20) };
            canvas.DrawOval(SKRect.Create(x, y, size, size), skin);
            canvas.DrawCircle(x + size * 0.3f, y + size * 0.4f, size * 0.09f, dark);
            canvas.DrawCircle(x + size * 0.7f, y + size * 0.4f, size * 0.09f, dark);
            canvas.DrawRect(SKRect.Create(x + size * 0.3f, y + size * 0.7f, size * 0.4f, size * 0.08f), dark);
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return (data.ToArray(), new(x, y, size, size));
    }
}
