using Semblance.Annotation;

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

    /// <summary>The file that was made last; null before one was.</summary>
    public string? Last { get; private set; }

    /// <summary>Draws the faces of a picture that was kept.</summary>
    public void Save(ImageAnalysis analysis, ProtectedInputs inputs) =>
        FaceAnnotator.Save(
            analysis.Image!,
            AnalysisMarks.Of(analysis),
            Last = inputs.Spare(IsFile ? target : _names.For(analysis.Input, ".jpg"))
        );

    private readonly OutputNames _names = new(target);

    private bool IsFile => Path.HasExtension(target) && !Directory.Exists(target);
}
