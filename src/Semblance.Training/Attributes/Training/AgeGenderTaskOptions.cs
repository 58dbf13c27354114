namespace Semblance.Training.Attributes.Training;

/// <summary>Settings of the age and gender task.</summary>
internal sealed record AgeGenderTaskOptions
{
    /// <summary>Standard deviation of the label's distribution at birth, years.</summary>
    public double Spread { get; init; } = 1;

    /// <summary>How it grows with every year of age: labels of the old are vaguer.</summary>
    public double SpreadPerYear { get; init; } = 0.05;

    /// <summary>Years beyond which an error counts linearly: wrong labels pull no harder than this.</summary>
    public double Outlier { get; init; } = 3;

    /// <summary>Weight of the mean's distance.</summary>
    public double DistanceWeight { get; init; } = 0.3;

    /// <summary>Weight of gender.</summary>
    public double GenderWeight { get; init; } = 1;

    /// <summary>Share of doubt about the gender labels.</summary>
    public double GenderSmoothing { get; init; } = 0.05;

    /// <summary>0 draws all cells of age group and gender alike, 1 as they come.</summary>
    public double CellExponent { get; init; } = 0.25;
}
