namespace Semblance.Cli.Training;

/// <summary>What the help of training says where the tool that would answer is not there.</summary>
internal static class TrainingHelp
{
    private static readonly HashSet<string> Words = ["--help", "-h", "-?", "/?", "/h"];

    /// <summary>The text.</summary>
    public const string Text = $"""
        Description:
          Trains a face embedder, a detector, or a model of age, gender or expression.

        Usage:
          semblance train embedder|detector|age|gender|emotion [options]

        The training tool answers for everything behind 'train'; it is a program of its own, because it brings libtorch (about 1 GB),
        and it is not installed here. Either

          dotnet tool install --global Semblance.Training

        or, from the sources,

          dotnet run -c Release --project src/Semblance.Training -- embedder --help

        or name a program that was built before in the environment variable {TrainingTool.Variable}.
        """;

    /// <summary>Whether help is asked for.</summary>
    public static bool IsAskedFor(IReadOnlyList<string> arguments) => arguments.Count == 0 || arguments.Any(Words.Contains);
}
