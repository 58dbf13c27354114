using Semblance.Evaluation.Detectors;

namespace Semblance.Evaluation.Tests.Detectors;

public sealed class DetectorTableTests
{
    [Fact]
    public void Table_has_a_column_a_detector_and_a_dash_for_what_was_not_measured()
    {
        string[] rows = DetectorTable
            .Of(
                new([
                    new("first", true, 2_000_000)
                    {
                        AveragePrecision = new Dictionary<string, double> { ["16"] = 0.85 },
                        Small = new(40.04, 1),
                        Pairs = new(0.9915, 1, 2000, 1000),
                        PeakBytes = 157_400_000,
                    },
                    new("second", null, 1_700_000) { Small = new(10.01, 0.25), FalseFacesOnCuttings = 3 },
                ])
                {
                    Labelled = new(50, 819),
                    SmallPhotographs = 5,
                    Cuttings = 200,
                }
            )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            [
                "|  | `first` | `second` |",
                "| --- | --- | --- |",
                "| labelled faces from 16 px, 50 photographs: AP | 0.850 | – |",
                "| news photographs, 1,000 pairs: accuracy (of 2,000 pictures without a face) | 99.2 % (1) | – |",
                "| false faces on 200 cuttings without a labelled face | – | 3 |",
                "| 640 × 480, 5 pictures, processor time on one thread (ratio) | 40.0 ms (1.00) | 10.0 ms (0.25) |",
                "| peak memory of a fresh process, 12 megapixels | 157 MB | – |",
                "| weights | 2.0 MB | 1.7 MB |",
                "| commercial use | permitted | unknown |",
            ],
            rows
        );
    }
}
