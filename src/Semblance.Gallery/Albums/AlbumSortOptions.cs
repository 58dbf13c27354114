using Semblance.Gallery.Clustering;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Albums;

/// <summary>Who gets a folder.</summary>
public sealed record AlbumSortOptions
{
    /// <summary>The default of <see cref="MinimumQuality"/>.</summary>
    public const double DefaultMinimumQuality = 0.3;

    /// <summary>The default options.</summary>
    public static AlbumSortOptions Default { get; } = new();

    /// <summary>What counts as one person among those whom no gallery knows.</summary>
    public ClusteringOptions Grouping { get; init; } = ClusteringOptions.Default;

    /// <summary>What counts as known.</summary>
    public IdentifyOptions Identifying { get; init; } = IdentifyOptions.Default;

    /// <summary>Faces below are nobody's: a face in the background should not decide where a picture goes.</summary>
    public double MinimumQuality { get; init; } = DefaultMinimumQuality;

    /// <summary>Who gets a folder of all that are found.</summary>
    public AlbumPeople People { get; init; } = AlbumPeople.Everybody;

    /// <summary>Name of the folder for pictures with nobody in particular.</summary>
    public string OthersFolder { get; init; } = "Others";

    /// <summary>Name of the folder for pictures without a face.</summary>
    public string NoFaceFolder { get; init; } = "No face";

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (!(MinimumQuality is >= 0 and <= 1))
            problems.Add(FormattableString.Invariant($"{nameof(MinimumQuality)} is {MinimumQuality}, it lies between 0 and 1"));
        if (!Enum.IsDefined(People))
            problems.Add($"{nameof(People)} is {People}, which is not known");
        if (string.IsNullOrWhiteSpace(OthersFolder))
            problems.Add($"{nameof(OthersFolder)} is empty");
        if (string.IsNullOrWhiteSpace(NoFaceFolder))
            problems.Add($"{nameof(NoFaceFolder)} is empty");
        InvalidOptionsException.ThrowIfAny(nameof(AlbumSortOptions), problems);
    }
}
