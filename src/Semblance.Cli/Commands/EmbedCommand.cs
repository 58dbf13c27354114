using System.CommandLine;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance embed</c>: vectors into a file.</summary>
internal static class EmbedCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "File for the vectors: .jsonl, .csv, or .npy (float32 [faces, 512], with FILE.index.csv beside it).",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create()
    {
        Command command = new("embed", "Turns every face into a unit vector.\n\nExample: semblance embed photos/ --out vectors.npy")
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            InputOptions.Json,
            Out,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string path = parsed.GetRequiredValue(Out);
        using IEmbeddingSink sink = EmbeddingSinks.Create(path);
        AnalysisUse use = new((analysis, _) => sink.Write(analysis))
        {
            Check = inputs =>
            {
                if (EmbeddingSinks.FilesOf(path).FirstOrDefault(inputs.Contains) is { } written)
                    throw new UsageException($"{Out.Name} {path}: {written}: {ProtectedInputs.Reason}");
            },
        };
        int code = await AnalyzeCommand.RunAsync(parsed, FaceFeatures.Embedding, annotate: null, use, stop).ConfigureAwait(false);
        // Where no picture could be used, the vectors of an earlier run stay.
        if (code is (int)ExitCode.Done or (int)ExitCode.SomeFailed)
            sink.Complete();
        return code;
    }
}
