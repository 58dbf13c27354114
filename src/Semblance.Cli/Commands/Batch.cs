using Semblance.Cli.Inputs;
using Semblance.Cli.Output;
using Semblance.Json;

namespace Semblance.Cli.Commands;

/// <summary>Many pictures through an analyzer: results as they come, failures by name, an exit code at the end.</summary>
internal sealed class Batch(IFaceAnalyzer analyzer, Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<string> files, bool json)
{
    /// <summary>Analyses all files.</summary>
    /// <param name="options">What to find out.</param>
    /// <param name="use">Takes every picture that could be analysed, before it is printed.</param>
    /// <param name="stop">Stops the work.</param>
    public async Task<int> RunAsync(AnalysisOptions options, Action<ImageAnalysis> use, CancellationToken stop)
    {
        bool single = InputExpander.IsSingleFile(inputs);
        int failed = 0;
        using Progress progress = new("analysing", files.Count, settings.Quiet);
        await foreach (ImageAnalysis result in analyzer.AnalyzeManyAsync(files, options, stop).ConfigureAwait(false))
        {
            using ImageAnalysis disposed = result;
            ImageAnalysis analysis = result.Error is null ? Use(result, use) : result;
            progress.Advance();
            if (analysis.Error is { } error)
            {
                failed++;
                Messages.Error(error.Message);
                if (json)
                    Console.Out.WriteLine(single ? SemblanceJson.SerializeIndented(analysis) : SemblanceJson.Serialize(analysis));
            }
            else if (json)
            {
                Console.Out.WriteLine(single ? SemblanceJson.SerializeIndented(analysis) : SemblanceJson.Serialize(analysis));
            }
            else
            {
                Console.Out.WriteLine(ResultText.Of(analysis));
            }
        }
        if (failed > 0 && files.Count > 1 && !settings.Quiet)
            Messages.Warning($"{failed} of {files.Count} pictures failed");
        return (int)(
            failed == 0 ? ExitCode.Done
            : failed < files.Count ? ExitCode.SomeFailed
            : ExitCode.NoneUsable
        );
    }

    /// <summary>What is made from a result may fail for this picture alone.</summary>
    private static ImageAnalysis Use(ImageAnalysis analysis, Action<ImageAnalysis> use)
    {
        try
        {
            use(analysis);
            return analysis;
        }
        catch (SemblanceException e)
        {
            return ImageAnalysis.Failed(analysis.Input, e);
        }
    }
}
