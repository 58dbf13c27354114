using System.Text.Json.Serialization;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance;

/// <summary>Whether two pictures show one person, and on what grounds.</summary>
/// <remarks>Dispose of it where the images were kept (<see cref="VerificationOptions.KeepImages"/>); otherwise there is nothing to dispose
/// of.</remarks>
public sealed record VerificationResult : IDisposable
{
    /// <summary>One person: the answer is <see cref="Matching.Decision.Same"/>.</summary>
    public required bool Match { get; init; }

    /// <summary>The answer.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Why the pictures do not allow an answer; null where they do.</summary>
    public CannotTell? CannotTell { get; init; }

    /// <summary>Cosine, -1 to 1.</summary>
    public required double Similarity { get; init; }

    /// <summary>What the threshold is compared with: the similarity less what strangers of the same kind have; the similarity itself where
    /// the embedder has no cohort.</summary>
    public required double Score { get; init; }

    /// <summary>Length of the difference of the unit vectors, 0 to 2.</summary>
    public required double Distance { get; init; }

    /// <summary>Which of similarity and distance is shown.</summary>
    public required SimilarityMetric Metric { get; init; }

    /// <summary>The lowest score (without a cohort and for L2 the largest distance) that counts as a match.</summary>
    public required double Threshold { get; init; }

    /// <summary>The rate of false matches at this threshold, as measured; null for an own threshold.</summary>
    public double? FalseMatchRate { get; init; }

    /// <summary>On which strangers the rate was measured; null for an own threshold.</summary>
    public string? CalibratedOn { get; init; }

    /// <summary>
    /// Probability that both are one person when that was as likely as not beforehand; null when the embedder is not calibrated.
    /// </summary>
    public double? Probability { get; init; }

    /// <summary>The answer at further rates, in the order of <see cref="VerificationOptions.FurtherRates"/>; null where none was asked
    /// for.</summary>
    public IReadOnlyList<RateDecision>? Rates { get; init; }

    /// <summary>Catalogue id of the detector.</summary>
    public string? Detector { get; init; }

    /// <summary>Catalogue id of the embedder.</summary>
    public required string Embedder { get; init; }

    /// <summary>The first picture.</summary>
    public required VerifiedPicture A { get; init; }

    /// <summary>The second picture.</summary>
    public required VerifiedPicture B { get; init; }

    /// <summary>Disposes of the kept images, unless they were lent.</summary>
    public void Dispose()
    {
        A.OwnedImage?.Dispose();
        B.OwnedImage?.Dispose();
    }
}

/// <summary>One side of a verification.</summary>
/// <param name="Input">File name, or what the caller named the image.</param>
/// <param name="FacesFound">How many faces there were.</param>
/// <param name="ChosenBy">How the one was chosen.</param>
/// <param name="Face">The face that took part.</param>
public sealed record VerifiedPicture(string Input, int FacesFound, FaceChoice ChosenBy, AnalyzedFace Face)
{
    /// <summary>What is wrong with the picture although it could be used; null for nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The picture, when it was asked to be kept.</summary>
    [JsonIgnore]
    public FaceImage? Image { get; init; }

    /// <summary>The picture where it is the result's to dispose of.</summary>
    internal FaceImage? OwnedImage { get; init; }
}
