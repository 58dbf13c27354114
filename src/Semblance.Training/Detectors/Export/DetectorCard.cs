using System.Globalization;
using System.Text;
using Semblance.Models;

namespace Semblance.Training.Detectors.Export;

/// <summary>The card that goes with a trained detector: what it is, how it was made, what was measured, and what is not known.</summary>
internal static class DetectorCard
{
    public static string Of(TrainedDetector trained, DetectorOptions options, ModelManifest manifest) =>
        $"""
            # {manifest.Id}

            Finds faces with five landmarks in pictures of any size: RetinaFace (Deng et al., CVPR 2020) with a MobileNet body of a quarter
            of its width.

            | | |
            | --- | --- |
            | network | {manifest.Origin} |
            | trained on | {manifest.TrainingData} |
            | in this run | {trained.Data} |
            | teacher | {(options.Teacher is { } teacher ? Path.GetFileName(teacher) : "none")} |
            | licence | {manifest.License}; commercial use is not permitted unless you know that the data allow it |

            ## Recipe

            ```
            {(options.Command.Length > 0 ? options.Command : options.Fingerprint)}
            ```

            {options.Steps:N0} steps of {options.Batch} scenes of {options.Scenes.Side} pixels; this is the running average of the weights
            after {trained.Step:N0} steps: the state with the best mean figures below.

            ## Measured

            Average precision at an overlap of a half by the smallest height of a face in pixels, on a tenth of the labelled pictures that
            nothing was learnt from. They chose the state and flatter it a little.

            {Figures(manifest)}
            ## Limits

            - **Not measured by age group, gender or ethnicity.** Networks of this kind are known to err more on groups that are rare in
              their data.
            - Small, blurred and turned faces are found less often; the score is no probability.

            """;

    private static string Figures(ModelManifest manifest)
    {
        if (manifest.Measured is not { Count: > 0 } measured)
            return "Nothing was kept aside.\n";
        StringBuilder table = new("| figure | value |\n| --- | --- |\n");
        foreach ((string name, double value) in measured)
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value:0.0000} |");
        return table.ToString();
    }
}
