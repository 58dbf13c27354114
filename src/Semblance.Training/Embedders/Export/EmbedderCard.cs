using System.Globalization;
using System.Text;
using Semblance.Models;
using Semblance.Training.Trainer;

namespace Semblance.Training.Embedders.Export;

/// <summary>The card that goes with a trained embedder: what it is, how it was made, what was measured, and what is not known.</summary>
internal static class EmbedderCard
{
    public static string Of(TrainedEmbedder trained, EmbedderOptions options, RunRecord record, ModelManifest manifest) =>
        $"""
            # {manifest.Id}

            Turns an aligned 112x112 crop of a face into a vector of 512 components for comparison by cosine.

            | | |
            | --- | --- |
            | network | {manifest.Origin} |
            | trained on | {manifest.TrainingData} |
            | in this run | {trained.People:N0} people, {trained.Crops:N0} crops{Distilled(trained)} |
            | licence | {manifest.License}; commercial use is not permitted unless you know that network and data allow it |
            | input | 112x112 on the ArcFace template, {manifest.Input.Channels}, (pixel - {Text(manifest.Input.Mean[0])}) * {Text(
                manifest.Input.Scale[0]
            )} |
            | output | `{manifest.Output.Outputs.Keys.First()}` [N, 512], {(
                manifest.Output.Normalized == true
                    ? "a unit vector"
                    : "not normalised; the library normalises and keeps the length as a quality signal"
            )} |
            | contract | `{manifest.Contract}`: vectors of other runs cannot be compared with these |

            ## Recipe

            ```
            {(options.Command.Length > 0 ? options.Command : options.Fingerprint)}
            ```

            Trained on {(
                options.Device == TrainingDevice.Cuda ? "CUDA" : "the processor"
            )}; {trained.Steps:N0} steps, of which the state after {trained.Step:N0} is this model{(
                record.Measured.Any() ? ": the one with the highest mean accuracy on the sets below" : ""
            )}.

            ## Measured

            {Figures(trained, record)}
            {Thresholds(manifest)}

            ## Limits

            - **Not measured by age group, gender or ethnicity.** Networks of this kind are known to err more on children and on groups
              that are rare in their data.
            - The sets that choose the best state flatter it a little; figures to be quoted belong on sets that chose nothing.
            - The thresholds hold for pictures like those they were measured on; the rates hold for single comparisons, searching many
              people multiplies false matches.
            - Must not decide alone about access, money, work or freedom, nor identify people without consent or a legal ground.

            """;

    private static string Distilled(TrainedEmbedder trained) =>
        trained.Distilled == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {trained.Distilled:N0} unlabelled crops that had to keep the embeddings of the network before"
            );

    private static string Figures(TrainedEmbedder trained, RunRecord record)
    {
        string[] names = [.. record.Measured];
        if (names.Length == 0)
            return "Nothing: no verification set was given (`--eval`).\n";
        bool before = trained.Embedder.Trained;
        StringBuilder table = new(
            before
                ? "| set and figure | before training | this model |\n| --- | --- | --- |\n"
                : "| set and figure | this model |\n| --- | --- |\n"
        );
        foreach (string name in names)
            table
                .Append("| ")
                .Append(name)
                .Append(before ? $" | {Text(record.At(name, 0))}" : "")
                .Append(" | ")
                .Append(Text(record.At(name, trained.Step)))
                .Append(" |\n");
        return table.ToString();
    }

    private static string Thresholds(ModelManifest manifest)
    {
        if (manifest.Calibration is not { } calibration)
            return "Thresholds: none; measure them with `semblance models calibrate` before verifying.";
        StringBuilder text = new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Thresholds: {calibration.NonMatedPairs:N0} comparisons of {calibration.People:N0} people ({calibration.Data}).\n\n| "
                    + $"false match rate | threshold | false non-match rate |\n| --- | --- | --- |\n"
            )
        );
        for (int i = 0; i < calibration.Fmr.Count; i++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {calibration.Fmr[i][0]:0.######} | {calibration.Fmr[i][1]:0.0000} | {calibration.Fnmr![i][1]:0.0000} |\n"
            );
        return text.ToString().TrimEnd();
    }

    private static string Text(double? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
