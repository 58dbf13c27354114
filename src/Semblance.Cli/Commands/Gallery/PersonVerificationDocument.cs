using System.Text.Json;
using Semblance.Gallery.Identifying;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>Whether a picture shows a person, as printed.</summary>
internal sealed record PersonVerificationDocument(
    string Input,
    Guid Id,
    string Name,
    bool Match,
    string Decision,
    double Similarity,
    double Score,
    double Threshold,
    double? FalseMatchRate,
    double? Probability,
    Guid? Reference
)
{
    public static PersonVerificationDocument Of(PersonVerification answer, string input) =>
        new(
            input,
            answer.Person.Id,
            answer.Person.Name,
            answer.Decision.Match,
            JsonNamingPolicy.KebabCaseLower.ConvertName(answer.Decision.Decision.ToString()),
            Math.Round(answer.Decision.Similarity, 4),
            Math.Round(answer.Decision.Score, 4),
            Math.Round(answer.Decision.Threshold, 4),
            answer.Decision.FalseMatchRate,
            answer.Decision.Probability is { } probability ? Math.Round(probability, 6) : null,
            answer.ReferenceId
        );
}
