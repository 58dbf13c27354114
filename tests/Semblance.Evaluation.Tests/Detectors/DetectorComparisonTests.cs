using Semblance.Evaluation.Detectors;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Detectors;

public sealed class DetectorComparisonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Comparison_measures_every_detector_on_every_set()
    {
        DetectorComparisonReport report = await DetectorComparison.RunAsync(
            Request(ReferenceData.Require("data"), "mtcnn", "blazeface-short") with
            {
                Yardstick = ModelCatalog.Pack.Find("mtcnn"),
                FaceFree = [ReferenceData.Sample("chelsea.png"), ReferenceData.Sample("astronaut.png")],
                Cuttings = 8,
                Sample = 4,
            },
            Stop
        );
        Assert.Empty(report.Absent);
        Assert.Empty(report.Unreadable);
        (DetectorFigures mtcnn, DetectorFigures blaze) = (report.Detectors[0], report.Detectors[1]);
        Assert.Equal(("mtcnn", "blazeface-short"), (mtcnn.Detector, blaze.Detector));
        // MTCNN finds small faces, BlazeFace's short range does not.
        Assert.InRange(mtcnn.AveragePrecision!["32"], 0.7, 1);
        Assert.True(blaze.AveragePrecision!["32"] < mtcnn.AveragePrecision["32"] - 0.2);
        // Nobody is measured against himself.
        Assert.Null(mtcnn.Landmarks);
        Assert.InRange(blaze.Landmarks!.MeanByBox, 0.01, 0.12);
        // The astronaut is a face, wherever it is looked for among pictures without one.
        Assert.Equal(4, report.FaceFree);
        Assert.True(mtcnn.FalseFaces >= 1);
        Assert.Equal((8, 8, 16), (mtcnn.Pairs!.Pairs, blaze.Pairs!.Pairs, mtcnn.Pairs.Images));
        Assert.Equal(4 * 80, mtcnn.FrontalProfile!.Pairs);
        Assert.InRange(mtcnn.FrontalProfile.Accuracy, 0.7, 1);
        Assert.Equal((null, null), (mtcnn.Small, mtcnn.Large));
    }

    [Fact]
    public async Task Comparison_times_photographs_as_ratios_to_the_first_detector()
    {
        DetectorComparisonReport report = await DetectorComparison.RunAsync(
            Request(ReferenceData.Require("data"), "mtcnn", "blazeface-short") with
            {
                Cuttings = 0,
                Sample = 2,
                Repetitions = 1,
                PeakMemory = (model, photograph, _) => Task.FromResult<long?>(model.Id.Length + photograph.Length),
            },
            Stop
        );
        (DetectorFigures mtcnn, DetectorFigures blaze) = (report.Detectors[0], report.Detectors[1]);
        Assert.True(report is { SmallPhotographs: > 0, LargePhotographs: > 1, Repetitions: 1 });
        Assert.Equal((1, 1), (mtcnn.Small!.Ratio, mtcnn.Large!.Ratio));
        Assert.InRange(blaze.Small!.Ratio, 0.001, 0.5);
        Assert.Equal(blaze.Large!.Milliseconds / mtcnn.Large.Milliseconds, blaze.Large.Ratio, 1e-9);
        Assert.Equal("blazeface-short".Length - "mtcnn".Length, blaze.PeakBytes - mtcnn.PeakBytes);
    }

    [Fact]
    public async Task Comparison_names_what_is_not_there()
    {
        string folder = Directory.CreateTempSubdirectory("semblance-").FullName;
        EvaluationException e = await Assert.ThrowsAsync<EvaluationException>(() =>
            DetectorComparison.RunAsync(Request(folder, "mtcnn"), Stop)
        );
        Directory.Delete(folder);
        foreach (string set in new[] { "wider-val50", "photos", "lfw-view1", "cfp-train" })
            Assert.Contains(set, e.Message);
    }

    [Fact]
    public void Request_names_all_that_is_wrong()
    {
        EvaluationException e = Assert.Throws<EvaluationException>(() =>
            (Request("nowhere", "mtcnn", "mtcnn") with { Sample = 1, Cuttings = -1, Repetitions = -1, FaceFree = ["no.png"] }).Validate()
        );
        foreach (string wrong in new[] { "nowhere", "twice", "sample", "cuttings", "repetitions", "no.png" })
            Assert.Contains(wrong, e.Message);
    }

    private static DetectorComparisonRequest Request(string folder, params string[] detectors) =>
        new()
        {
            DataFolder = folder,
            Detectors = [.. detectors.Select(ModelCatalog.Pack.Find)],
            Analyzer = (id, threads) =>
                FaceAnalyzer
                    .CreateBuilder()
                    .UseCatalog(ModelCatalog.Pack)
                    .UseDetector(id)
                    .UseExecution(new() { Threads = threads })
                    .Build(),
            Run = new() { Threads = 1 },
            Repetitions = 0,
        };
}
