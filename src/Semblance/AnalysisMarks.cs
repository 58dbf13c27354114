using Semblance.Annotation;

namespace Semblance;

/// <summary>From what was found to what is drawn: short lines beside every face, a colour for every person.</summary>
public static class AnalysisMarks
{
    /// <summary>What stands beside somebody whom the gallery does not know.</summary>
    private const string Stranger = "unknown";

    /// <summary>The marks of a picture's faces, numbered in their order from 1.</summary>
    /// <param name="analysis">A picture that could be read.</param>
    /// <exception cref="ArgumentException">It could not be read.</exception>
    public static IReadOnlyList<FaceMark> Of(ImageAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis.Faces is { } faces
            ? [.. faces.Select((face, index) => Of(face, index + 1))]
            : throw new ArgumentException($"{analysis.Input} could not be read, so nothing was found on it", nameof(analysis));
    }

    private static FaceMark Of(AnalyzedFace face, int number) =>
        new(face.Detection, string.Join('\n', Lines(face, number)))
        {
            Number = number,
            Contour = face.Landmarks68?.Value?.Points ?? [],
            Person = face.Person?.Id,
            Style =
                face.Person is null ? MarkStyle.Plain
                : face.Person.CannotTell is not null ? MarkStyle.CannotTell
                : face.Person.Unknown is null ? MarkStyle.Known
                : MarkStyle.Stranger,
        };

    private static IEnumerable<string> Lines(AnalyzedFace face, int number)
    {
        if (face.Person is { } person)
        {
            yield return NameOf(person, number);
        }
        else
        {
            yield return face.Quality is null
                ? FormattableString.Invariant($"{face.Score:0.00}")
                : FormattableString.Invariant($"score {face.Score:0.00}");
            if (face.Quality is { } quality)
                yield return FormattableString.Invariant($"quality {quality.Score:0.00}");
        }
        string seen = string.Join("  ", new[] { GenderOf(face), AgeOf(face) }.OfType<string>());
        if (seen.Length > 0)
            yield return seen;
        if (face.Emotion?.Value is { } emotion)
            yield return emotion.Label;
        if (face.Pose?.Value is { } pose)
        {
            yield return $"yaw {Degrees(pose.Yaw)}  pitch {Degrees(pose.Pitch)}";
            yield return $"roll {Degrees(pose.Roll)}";
        }
    }

    /// <summary>The name; where the font lacks a letter of it the face's number.</summary>
    private static string NameOf(FacePerson person, int number) =>
        person.Name is { } name
            ? FormattableString.Invariant($"{(AnnotationFont.Draws(name) ? name : $"face {number}")}  {person.Similarity:0.00}")
            : Stranger;

    private static string? GenderOf(AnalyzedFace face) => face.Gender?.Value?.Label;

    private static string? AgeOf(AnalyzedFace face) =>
        face.Age?.Value is not { } age ? null
        : age.Interval80 is [var low, var high] ? FormattableString.Invariant($"{low:0}\u2013{high:0}")
        : FormattableString.Invariant($"{age.Years:0}");

    private static string Degrees(double angle) =>
        FormattableString.Invariant($"{(Math.Round(angle) < 0 ? "\u2212" : "")}{Math.Abs(angle):0}°");
}
