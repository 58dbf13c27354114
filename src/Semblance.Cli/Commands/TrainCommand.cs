using System.CommandLine;
using Semblance.Cli.Training;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance train</c>: hands everything behind it to the training tool.</summary>
internal static class TrainCommand
{
    /// <summary>Its name, which is looked for before anything is parsed: options such as <c>--help</c> belong to the tool.</summary>
    public const string Name = "train";

    public static Command Create()
    {
        Command command = new(
            Name,
            "Trains a face embedder, or a model of age, gender or emotion, with the training tool, which is installed apart.\n\n"
                + "Example: semblance train embedder --data faces/ --backbone iresnet50 --loss adaface --eval lfw/pairs.csv --out runs/a"
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, _) => TrainingTool.RunAsync(parsed.UnmatchedTokens));
        return command;
    }
}
