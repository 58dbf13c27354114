using Semblance.Models;

namespace Semblance.Matching;

/// <summary>
/// Thresholds by false match rate, as measured. Between two rates the threshold is interpolated over the logarithm of the rate; outside the
/// table there is none: rates are refused, not extrapolated.
/// </summary>
public sealed class ThresholdTable
{
    /// <summary>Rates that come out of a division (several comparisons) may miss the table's end by rounding.</summary>
    private const double Tolerance = 1e-9;

    private readonly string _model;
    private readonly (double Rate, double Threshold)[] _rows;

    /// <summary>Reads the table of a calibration.</summary>
    /// <exception cref="ModelException">The table is empty, or its rates or thresholds are not monotonic.</exception>
    public ThresholdTable(string model, ModelCalibration calibration)
        : this(model, (calibration ?? throw new ArgumentNullException(nameof(calibration))).Fmr) { }

    internal ThresholdTable(string model, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        _model = model;
        _rows =
        [
            .. rows.Select(row => row is [var rate, var threshold] ? (rate, threshold) : throw Broken("a row is not [rate, threshold]"))
                .OrderByDescending(row => row.Item1),
        ];
        if (_rows.Length == 0)
            throw Broken("the table is empty");
        if (_rows.Any(row => !(row.Rate is > 0 and <= 1) || !(row.Threshold is >= -1 and <= 1)))
            throw Broken("a rate or threshold is out of range");
        for (int i = 1; i < _rows.Length; i++)
            if (_rows[i].Rate == _rows[i - 1].Rate || _rows[i].Threshold < _rows[i - 1].Threshold)
                throw Broken("thresholds must rise as rates fall");

        ModelException Broken(string problem) => new(model, $"its calibration is wrong: {problem}");
    }

    /// <summary>The smallest rate that the measurement supports.</summary>
    public double SmallestRate => _rows[^1].Rate;

    /// <summary>The largest rate in the table.</summary>
    public double LargestRate => _rows[0].Rate;

    /// <summary>Whether a rate is not below the smallest one.</summary>
    internal bool Supports(double rate) => rate >= SmallestRate * (1 - Tolerance);

    /// <summary>The lowest score that counts as a match at a rate.</summary>
    /// <param name="rate">False match rate of single comparisons.</param>
    /// <exception cref="UnsupportedRateException">The rate lies outside the table.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not a number.</exception>
    public double ThresholdFor(double rate)
    {
        if (double.IsNaN(rate))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is a number.");
        if (!(rate >= SmallestRate * (1 - Tolerance) && rate <= LargestRate * (1 + Tolerance)))
            throw new UnsupportedRateException(_model, rate, SmallestRate, LargestRate);
        int i = 0;
        while (i < _rows.Length - 2 && rate < _rows[i + 1].Rate)
            i++;
        if (_rows.Length == 1)
            return _rows[0].Threshold;
        (double highRate, double low) = _rows[i];
        (double lowRate, double high) = _rows[i + 1];
        double position = (Math.Log(highRate) - Math.Log(rate)) / (Math.Log(highRate) - Math.Log(lowRate));
        return low + Math.Clamp(position, 0, 1) * (high - low);
    }
}
