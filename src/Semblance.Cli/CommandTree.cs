using System.CommandLine;
using Semblance.Cli.Commands;
using Semblance.Cli.Commands.Albums;
using Semblance.Cli.Commands.Clustering;
using Semblance.Cli.Commands.Evaluating;
using Semblance.Cli.Options;

namespace Semblance.Cli;

/// <summary>All commands with their options, and how lines are read with them.</summary>
internal static class CommandTree
{
    /// <summary>A file whose name begins with @ is a file, not a list of arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>The program's command, above all others.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new(
            "Facial analysis: finds, aligns, embeds and compares faces, with measured thresholds.\n\n"
                + "Example: semblance analyze photo.jpg --annotate annotated.png"
        )
        {
            DetectCommand.Create(),
            AlignCommand.Create(),
            EmbedCommand.Create(),
            VerifyCommand.Create(),
            AnalyzeCommand.Create(),
            Commands.Gallery.GalleryCommand.Create(),
            ClusterCommand.Create(),
            SortCommand.Create(),
            FindCommand.Create(),
            HideCommand.Create(),
            ModelsCommand.Create(),
            EvalCommand.Create(),
            TrainCommand.Create(),
            Commands.Service.ServeCommand.Create(),
            Commands.Service.KeysCommand.Create(),
            BenchCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        foreach (Option option in GlobalOptions.All)
            root.Options.Add(option);
        StrictNumbers.Use(root);
        return root;
    }

    /// <summary>Reads a line.</summary>
    public static ParseResult Read(RootCommand root, IReadOnlyList<string> arguments) => root.Parse(arguments, Parsing);
}
