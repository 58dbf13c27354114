using FsCheck.Fluent;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Tests.Support;

namespace Semblance.Tests.Matching;

public sealed class ThresholdTableTests
{
    private static readonly ThresholdTable Table = new(MatchingFaces.Model, MatchingFaces.Calibration);

    [Theory]
    [InlineData(1e-2, 0.2)]
    [InlineData(1e-3, 0.3)]
    [InlineData(1e-4, 0.4)]
    public void Threshold_of_a_measured_rate_is_the_measured_one(double rate, double threshold) =>
        Assert.Equal(threshold, Table.ThresholdFor(rate), 1e-12);

    [Theory]
    [InlineData(3.1622776601683795e-3, 0.25)]
    [InlineData(3.1622776601683795e-4, 0.35)]
    [InlineData(2e-3, 0.2698970004336019)]
    public void Threshold_between_two_rates_is_linear_in_the_logarithm_of_the_rate(double rate, double threshold) =>
        Assert.Equal(threshold, Table.ThresholdFor(rate), 1e-12);

    [Fact]
    public void Threshold_never_falls_as_the_rate_falls() => SeededProperty.Check(Gen.Choose(2_000, 4_000).Two(), pair =>
        {
            (int low, int high) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            Assert.True(Table.ThresholdFor(Math.Pow(10, -high / 1000.0)) >= Table.ThresholdFor(Math.Pow(10, -low / 1000.0)));
        });

    [Theory]
    [InlineData(9e-5)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2e-2)]
    [InlineData(1)]
    public void Rate_outside_the_table_is_refused_with_the_supported_range(double rate)
    {
        UnsupportedRateException error = Assert.Throws<UnsupportedRateException>(() => Table.ThresholdFor(rate));
        Assert.Equal((rate, 1e-4, 1e-2), (error.Asked, error.Smallest, error.Largest));
        Assert.Contains(rate < 1e-4 ? "1e-4" : "1e-2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_that_misses_the_end_by_rounding_is_taken() => Assert.Equal(0.4, Table.ThresholdFor(1e-4 * (1 - 1e-12)), 1e-9);

    [Fact]
    public void Rate_that_is_no_number_is_an_argument_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.ThresholdFor(double.NaN));

    [Fact]
    public void Table_of_one_row_knows_its_rate_only()
    {
        ThresholdTable table = new(
            MatchingFaces.Model,
            MatchingFaces.Calibration with
            {
                Fmr =
                [
                    [1e-3, 0.3],
                ],
            }
        );
        Assert.Equal(0.3, table.ThresholdFor(1e-3));
        Assert.Throws<UnsupportedRateException>(() => table.ThresholdFor(2e-3));
    }

    [Fact]
    public void Table_may_come_in_any_order() =>
        Assert.Equal(
            0.25,
            new ThresholdTable(
                MatchingFaces.Model,
                MatchingFaces.Calibration with
                {
                    Fmr =
                    [
                        [1e-4, 0.4],
                        [1e-2, 0.2],
                        [1e-3, 0.3],
                    ],
                }
            ).ThresholdFor(Math.Pow(10, -2.5)),
            1e-12
        );

    [Theory]
    [InlineData(new double[0], "empty")]
    [InlineData(new[] { 1e-2, 0.3, 1e-3, 0.2 }, "rise")]
    [InlineData(new[] { 1e-2, 0.3, 1e-2, 0.3 }, "rise")]
    [InlineData(new[] { 0.0, 0.3 }, "range")]
    [InlineData(new[] { 1e-2, 1.5 }, "range")]
    [InlineData(new[] { 1e-2, double.NaN }, "range")]
    public void Wrong_table_is_refused_with_the_reason(double[] values, string reason)
    {
        ModelCalibration calibration = MatchingFaces.Calibration with { Fmr = [.. values.Chunk(2)] };
        ModelException error = Assert.Throws<ModelException>(() => new ThresholdTable(MatchingFaces.Model, calibration));
        Assert.Equal(MatchingFaces.Model, error.Model);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_without_a_threshold_is_refused() =>
        Assert.Contains(
            "row",
            Assert
                .Throws<ModelException>(() =>
                    new ThresholdTable(
                        MatchingFaces.Model,
                        MatchingFaces.Calibration with
                        {
                            Fmr =
                            [
                                [1e-2],
                            ],
                        }
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
}
