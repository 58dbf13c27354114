using System.CommandLine;
using Semblance.Cli;
using Semblance.Cli.Options;
using Semblance.Files;
using Semblance.Training.Attributes.Commands;
using Semblance.Training.Commands;

namespace Semblance.Training;

/// <summary>The trainer's command line: <c>semblance train …</c> hands its arguments to it.</summary>
internal static class TrainingApp
{
    /// <summary>Cancelled with Ctrl-C or SIGTERM, as everywhere in the command line.</summary>
    private const int Cancelled = 130;

    /// <summary>Wrong usage, data or model.</summary>
    private const int Usage = 2;

    /// <summary>The work failed for another reason: disk.</summary>
    private const int Failed = 5;

    /// <summary>The trainer's commands with their options.</summary>
    public static RootCommand CreateRoot()
    {
        RootCommand root = new("Trains face models: embedders, detectors and attributes, from data to an ONNX file with manifest and card.")
        {
            EmbedderCommand.Create(),
            DetectorCommand.Create(),
            TrainAgeCommand.Create("age"),
            TrainAgeCommand.Create("gender"),
            TrainEmotionCommand.Create(),
            IntervalsCommand.Create(),
            FacesCommand.Create(),
            MeasureCommand.Create(),
            DeviceCommand.Create(),
        };
        StrictNumbers.Use(root);
        return root;
    }

    /// <summary>Reads a line; a file whose name begins with @ is a file, not a list of arguments.</summary>
    public static ParseResult Read(RootCommand root, IReadOnlyList<string> arguments) =>
        root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Read(CreateRoot(), args);
        IReadOnlyList<string> mistyped = MistypedWords.Find(parsed);
        if (mistyped.Count > 0 || parsed.Errors.Count > 0)
        {
            foreach (string problem in mistyped.Count > 0 ? mistyped : parsed.Errors.Select(error => error.Message))
                Console.Error.WriteLine($"error: {problem}");
            Console.Error.WriteLine(
                $"'semblance train {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help' "
                    + $"shows how it is used"
            );
            return Usage;
        }
        using CancellationTokenSource stop = new();
        using StopSignals signals = new(_ => stop.Cancel());
        // However long a step and the checkpoint after it take.
        using IDisposable hold = StopSignals.Hold("the training's last checkpoint");
        try
        {
            return await parsed
                .InvokeAsync(
                    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                    stop.Token
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled");
            return Cancelled;
        }
        catch (FileWriteException e)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return Failed;
        }
        catch (Exception e) when (e is TrainingException or SemblanceException)
        {
            Console.Error.WriteLine($"error: {(e as SemblanceException)?.Advice ?? e.Message}");
            return Usage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return Failed;
        }
    }
}
