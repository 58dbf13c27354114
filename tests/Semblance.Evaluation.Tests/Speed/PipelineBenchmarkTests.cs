using Semblance.Evaluation.Speed;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Speed;

public sealed class PipelineBenchmarkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Line_is_timed_beside_the_network_runs_inside_it()
    {
        PipelineReport report = new PipelineBenchmark(
            tap => FaceAnalyzer.CreateBuilder().UseExecution(new() { Threads = 1, Tap = tap }).Build(),
            new() { Repetitions = 2, Threads = 1 }
        ).Run([ReferenceData.Sample("astronaut-dim.jpg"), ReferenceData.Sample("chelsea.png")], Stop);
        // The cat has no face, so that one photograph is left.
        Assert.Equal(("retinaface-wider", 1, 1, 1), (report.Detector, report.Photographs, report.Faces, report.Threads));
        Assert.True(report.BareRuntime.Milliseconds > 0);
        Assert.Equal(report.Pipeline.Milliseconds / report.BareRuntime.Milliseconds, report.Ratio, 6);
        Assert.True(report.TwelveMegapixels.Enlarged);
        Assert.True((long)report.TwelveMegapixels.Width * report.TwelveMegapixels.Height > 11_000_000);
    }

    [Fact]
    public void Photographs_without_a_face_time_nothing() =>
        Assert.Contains(
            "one to four faces",
            Assert
                .Throws<EvaluationException>(() =>
                    new PipelineBenchmark(_ => FaceAnalyzer.CreateDefault(), new() { Repetitions = 2 }).Run(
                        [ReferenceData.Sample("chelsea.png")],
                        Stop
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Wrong_options_are_all_named()
    {
        PipelineBenchmarkOptions wrong = new() { Repetitions = 1, Threads = 0 };
        Assert.Equal(2, Assert.Throws<InvalidOptionsException>(wrong.Validate).Problems.Count);
    }

    [Fact]
    public async Task Memory_of_too_few_pictures_is_not_compared()
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
        EvaluationException error = await Assert.ThrowsAsync<EvaluationException>(() =>
            MemoryBenchmark.RunAsync(analyzer, [ReferenceData.Sample("astronaut.png")], MemoryBenchmark.Settled, Stop)
        );
        Assert.Contains("more than 200 are needed", error.Message, StringComparison.Ordinal);
    }
}
