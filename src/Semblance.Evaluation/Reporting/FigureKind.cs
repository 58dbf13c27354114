namespace Semblance.Evaluation.Reporting;

/// <summary>How a figure is read.</summary>
public enum FigureKind
{
    /// <summary>A share, 0 to 1: shown in percent.</summary>
    Share,

    /// <summary>A rate of errors, which may be very small.</summary>
    Rate,

    /// <summary>A plain number with three decimals.</summary>
    Number,

    /// <summary>A quotient: 1 is parity.</summary>
    Ratio,

    /// <summary>A score that decides.</summary>
    Score,

    /// <summary>Years.</summary>
    Years,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>How many.</summary>
    Count,
}
