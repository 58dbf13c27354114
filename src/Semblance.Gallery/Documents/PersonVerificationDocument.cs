using Semblance.Gallery.Identifying;
using Semblance.Matching;

namespace Semblance.Gallery.Documents;

/// <summary>Whether a picture shows a person, as every program prints and answers it.</summary>
/// <param name="Input">The picture's name.</param>
/// <param name="Id">Identifies the person in the gallery.</param>
/// <param name="Name">What the person is called.</param>
/// <param name="Match">Whether the answer is yes.</param>
/// <param name="Decision">Yes, no, or that the picture does not allow an answer.</param>
/// <param name="Similarity">Cosine, to four decimals.</param>
/// <param name="Score">What was compared with the threshold, to four decimals.</param>
/// <param name="Threshold">The lowest score of a match, to four decimals.</param>
/// <param name="FalseMatchRate">The rate that the threshold is for; null for an own threshold.</param>
/// <param name="Probability">That both are one person, where they are as likely as not beforehand, to six decimals.</param>
/// <param name="Reference">The most similar reference; null where no single one was compared.</param>
public sealed record PersonVerificationDocument(
    string Input,
    Guid Id,
    string Name,
    bool Match,
    Decision Decision,
    double Similarity,
    double Score,
    double Threshold,
    double? FalseMatchRate,
    double? Probability,
    Guid? Reference
)
{
    /// <summary>The answer.</summary>
    /// <param name="answer">Of the gallery.</param>
    /// <param name="input">The picture's name.</param>
    public static PersonVerificationDocument Of(PersonVerification answer, string input)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(
            input,
            answer.Person.Id,
            answer.Person.Name,
            answer.Decision.Match,
            answer.Decision.Decision,
            Math.Round(answer.Decision.Similarity, 4),
            Math.Round(answer.Decision.Score, 4),
            Math.Round(answer.Decision.Threshold, 4),
            answer.Decision.FalseMatchRate,
            answer.Decision.Probability is { } probability ? Math.Round(probability, 6) : null,
            answer.ReferenceId
        );
    }
}
