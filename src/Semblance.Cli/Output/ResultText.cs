using System.Globalization;
using Semblance.Attributes;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Writing;

namespace Semblance.Cli.Output;

/// <summary>Results for people to read.</summary>
internal static class ResultText
{
    public static string Of(ImageAnalysis analysis)
    {
        int count = analysis.Faces!.Count;
        List<string> lines =
        [
            $"{PlainText.Escape(analysis.Input)}  {analysis.Width}x{analysis.Height}  "
                + $"{(count == 0 ? "no face" : count == 1 ? "1 face" : $"{count} faces")}",
        ];
        foreach (string warning in analysis.Warnings ?? [])
            lines.Add($"  warning: {warning}");
        for (int i = 0; i < count; i++)
            lines.Add(Of(analysis.Faces[i], i + 1));
        return string.Join('\n', lines);
    }

    public static string Of(VerificationResult result)
    {
        List<string> lines = [.. Caption(result).Select((line, i) => i == 0 ? line : "  " + line)];
        if (result.Probability is { } probability)
            lines.Add(IfEven(probability));
        lines.Add(Side(result.A));
        lines.Add(Side(result.B));
        return string.Join('\n', lines);
    }

    /// <summary>The answer, and what it was compared with.</summary>
    public static IReadOnlyList<string> Caption(VerificationResult result)
    {
        string shown =
            result.Metric == SimilarityMetric.Cosine ? $"similarity {result.Similarity:0.0000}" : $"distance {result.Distance:0.0000}";
        return
        [
            Answer(result.Decision),
            $"{shown}{ScoreText(result.Similarity, result.Score)}, threshold {result.Threshold:0.0000}{Source(result.FalseMatchRate)}",
            .. result.CannotTell?.Reasons ?? [],
        ];
    }

    public static string Of(PersonVerification answer, string input)
    {
        MatchDecision decision = answer.Decision;
        List<string> lines =
        [
            PlainText.Escape(
                decision.Decision switch
                {
                    Decision.Same => $"{input}: {answer.Person.Name}",
                    Decision.Different => $"{input}: somebody else than {answer.Person.Name}",
                    _ => $"{input}: cannot tell whether it is {answer.Person.Name}",
                }
            ),
            $"  similarity {decision.Similarity:0.0000}{ScoreText(decision.Similarity, decision.Score)}, threshold "
                + $"{decision.Threshold:0.0000}{Source(decision.FalseMatchRate)}",
        ];
        if (decision.Probability is { } probability)
            lines.Add(IfEven(probability));
        return string.Join('\n', lines);
    }

    private static string ScoreText(double similarity, double score) => score == similarity ? "" : $", score {score:0.0000}";

    private static string Answer(Decision decision) =>
        decision switch
        {
            Decision.Same => "same person",
            Decision.Different => "different people",
            _ => "cannot tell",
        };

    public static string Rate(double rate)
    {
        int exponent = (int)Math.Floor(Math.Log10(rate) + 1e-9);
        double mantissa = rate / Math.Pow(10, exponent);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa:0.##}e{exponent}");
    }

    private static string Source(double? rate) =>
        rate is { } known ? $" (false match rate {Rate(known)})" : " (own threshold, its false match rate is not known)";

    private static string IfEven(double probability) => $"  probability {Probability(probability)} if both were as likely beforehand";

    private static string Of(AnalyzedFace face, int number)
    {
        string line = $"  {number, 2}. score {face.Score:0.000}  box {face.Box.X:0},{face.Box.Y:0} {face.Box.Width:0}x{face.Box.Height:0}";
        if (face.Turned is { } turned)
            line += $"  turned {turned}°";
        if (face.Quality is { } quality)
            line += $"  quality {quality.Score:0.00}" + (quality.Reasons.Count > 0 ? $" ({string.Join("; ", quality.Reasons)})" : "");
        if (face.Embedding is { } embedding)
            line += $"  embedding {embedding.Dimension}-d, norm {embedding.Norm:0.00}";
        foreach (AttributeDescriptor attribute in AttributeDescriptor.All)
            if (attribute.TextOf(face.Attributes) is { } estimate)
                line += "  " + estimate;
        if (face.Person is { } person)
            line += "  " + Of(person);
        return line;
    }

    private static string Of(FacePerson person) =>
        person.Name is null
            ? person.CannotTell is { } reason
                ? $"cannot tell ({reason})"
                : $"unknown ({person.Unknown})"
            : $"{PlainText.Escape(person.Name)} (similarity {person.Similarity:0.00}"
                + $"{(person.Probability is { } probability ? $", probability {Probability(probability)}" : "")})";

    /// <summary>Certainty is never shown as 1 or 0.</summary>
    private static string Probability(double p) =>
        p > 0.9999 ? "over 0.9999"
        : p < 0.0001 ? "under 0.0001"
        : p.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Side(VerifiedPicture picture)
    {
        string chosen =
            picture.FacesFound == 1 ? "1 face" : $"{picture.FacesFound} faces, taken by '{picture.ChosenBy.ToString().ToLowerInvariant()}'";
        if (picture.Face.Turned is { } turned)
            chosen += $", turned {turned}°";
        string quality = picture.Face.Quality is { Reasons.Count: > 0 } poor ? $"; caution: {string.Join("; ", poor.Reasons)}" : "";
        return $"  {PlainText.Escape(picture.Input)}: {chosen}{quality}";
    }
}
