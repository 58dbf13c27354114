namespace Semblance.Evaluation.Parts;

/// <summary>Whether a report shows the worst errors.</summary>
public enum ErrorPictures
{
    /// <summary>No picture of anybody.</summary>
    None,

    /// <summary>The worst errors, side by side.</summary>
    Worst,
}
