using Semblance.Annotation;
using Semblance.Imaging;

namespace Semblance.Cli.Output;

/// <summary>Where annotated pictures go: one file for one picture, else a folder.</summary>
/// <param name="target">What was typed.</param>
/// <param name="single">Whether one file was named.</param>
internal sealed class AnnotationTarget(string target, bool single)
{
    /// <summary>Checks early that the target can be written as it stands.</summary>
    /// <exception cref="UsageException">A file name for several pictures, or a format that cannot be written.</exception>
    public void Validate()
    {
        if (!IsFile)
            return;
        if (!single)
            throw new UsageException($"--annotate {target} is a file, but several pictures were given; name a folder");
        try
        {
            FaceAnnotator.FormatOf(target);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.Split(" (Parameter")[0]);
        }
    }

    /// <summary>The file for a picture.</summary>
    public string PathFor(string input) => IsFile ? target : OutputNames.In(target, input, ".jpg");

    /// <summary>Draws a picture's faces.</summary>
    public void Save(ImageAnalysis analysis, ImageDecodingOptions decoding)
    {
        using FaceImage image = FaceImage.FromFile(analysis.Input, decoding);
        FaceAnnotator.Save(image, [.. analysis.Faces!.Select(Mark)], PathFor(analysis.Input));
    }

    private bool IsFile => Path.HasExtension(target) && !Directory.Exists(target);

    /// <summary>The detection; its own further points give way to the 68 landmarks where they were asked for.</summary>
    private static Semblance.Detection.DetectedFace Drawn(AnalyzedFace face) =>
        face.Detection with
        {
            Keypoints = face.Landmarks68?.Value?.Points ?? [],
        };

    private static FaceMark Mark(AnalyzedFace face, int index) =>
        new(Drawn(face), face.Person is { } person ? Label(person, index) : Label(face))
        {
            Style = face.Person?.Unknown is null ? MarkStyle.Plain : MarkStyle.Stranger,
        };

    /// <summary>The name; where the font lacks a letter of it the number that the face has in the printed list.</summary>
    private static string Label(FacePerson person, int index)
    {
        if (person.Name is not { } name)
            return "unknown";
        return FormattableString.Invariant($"{(AnnotationFont.Draws(name) ? name : $"face {index + 1}")}  {person.Similarity:0.00}");
    }

    private static string Label(AnalyzedFace face)
    {
        string label = face.Quality is { } quality ? $"{face.Score:0.00}  quality {quality.Score:0.00}" : $"{face.Score:0.00}";
        if (face.Age?.Value is { } age)
            label += age.Interval80 is [var low, var high] ? $"  {low:0}\u2013{high:0}" : $"  {age.Years:0}";
        if (face.Gender?.Value is { } gender)
            label += $"  {gender.Label}";
        if (face.Emotion?.Value is { } emotion)
            label += $"  {emotion.Label}";
        if (face.Pose?.Value is { } pose)
            label += $"  yaw {pose.Yaw:0} pitch {pose.Pitch:0} roll {pose.Roll:0}";
        return label;
    }
}
