using Semblance.Detection;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests;

/// <summary>Leaving, cancelling and disposing, with eight threads at work. A session that is freed while it runs ends the process.</summary>
public sealed class FaceAnalyzerLifetimeTests
{
    private const int Threads = 8;
    private static readonly byte[] Photograph = File.ReadAllBytes(ReferenceData.Sample("astronaut-dim.jpg"));

    [Fact]
    public async Task An_analyzer_can_be_disposed_of_right_after_a_break_a_cancellation_or_amid_the_work()
    {
        Random random = new(20260101);
        for (int round = 0; round < 200; round++)
        {
            FaceAnalyzer analyzer = Build();
            using CancellationTokenSource stop = new();
            int way = round % 4,
                results = 0,
                last = random.Next(1, 4);
            Task? disposal = null;
            try
            {
                await foreach (ImageAnalysis result in analyzer.AnalyzeManyAsync(Pictures(100), FaceFeatures.None, stop.Token))
                {
                    Assert.Null(result.Error);
                    if (++results < last)
                        continue;
                    if (way == 0)
                        break;
                    if (way == 1)
                        await stop.CancelAsync();
                    else if (way == 2)
                        analyzer.Dispose();
                    else
                        disposal ??= Task.Run(analyzer.Dispose, TestContext.Current.CancellationToken);
                }
                // A disposal on another thread may come after all is done.
                Assert.True(way is 0 or 3, $"round {round}");
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(1, way);
            }
            catch (ObjectDisposedException)
            {
                Assert.True(way >= 2, $"round {round}");
            }
            if (disposal is not null)
                await disposal;
            analyzer.Dispose();
            Assert.InRange(results, last, 100);
        }
    }

    [Fact]
    public async Task Nothing_runs_any_more_when_an_enumeration_that_was_left_has_returned()
    {
        int opened = 0,
            closed = 0;
        using FaceAnalyzer analyzer = Build();
        IEnumerable<PictureItem> items = Enumerable
            .Range(0, 100)
            .Select(i => PictureItem.FromStream($"{i}", _ =>
                {
                    Interlocked.Increment(ref opened);
                    return ValueTask.FromResult<Stream>(new ClosingStream(() => Interlocked.Increment(ref closed)));
                }));
        await foreach (ImageAnalysis result in analyzer.AnalyzeManyAsync(items, FaceFeatures.None, TestContext.Current.CancellationToken))
        {
            Assert.Single(result.Faces!);
            break;
        }
        Assert.Equal(opened, closed);
        int after = opened;
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(after, opened);
        Assert.InRange(after, 1, 1 + Threads * OrderedPipeline.WindowPerWorker);
    }

    [Fact]
    public async Task A_disposed_analyzer_turns_calls_away()
    {
        FaceAnalyzer analyzer = Build();
        analyzer.Dispose();
        analyzer.Dispose();
        PictureItem item = PictureItem.FromBytes("a", Photograph);
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            analyzer.AnalyzeAsync(item, cancellationToken: TestContext.Current.CancellationToken)
        );
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            analyzer.VerifyAsync(item, item, cancellationToken: TestContext.Current.CancellationToken)
        );
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            analyzer.WarmAsync(cancellationToken: TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void A_disposed_detector_turns_calls_away()
    {
        IFaceDetector detector = FaceDetectors.Create("blazeface-short", TestModels.Catalog, TestModels.OneThread);
        using FaceImage image = FaceImage.FromBytes(Photograph, "a");
        Assert.Single(detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        detector.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
            detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken)
        );
    }

    private static FaceAnalyzer Build() =>
        FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseDetector("blazeface-short")
            .UseExecution(new() { Threads = Threads })
            .Build();

    private static IEnumerable<PictureItem> Pictures(int count) =>
        Enumerable.Range(0, count).Select(i => PictureItem.FromBytes($"{i}", Photograph));

    private sealed class ClosingStream(Action closed) : MemoryStream(Photograph)
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing && CanRead)
                closed();
            base.Dispose(disposing);
        }
    }
}
