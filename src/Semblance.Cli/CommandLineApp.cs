using System.CommandLine;
using Semblance.Cli.Commands;
using Semblance.Cli.Inputs;
using Semblance.Cli.Options;
using Semblance.Cli.Output;
using Semblance.Cli.Training;

namespace Semblance.Cli;

/// <summary>The whole command line: parses, runs one command, turns errors into messages and exit codes.</summary>
internal static class CommandLineApp
{
    public static async Task<int> RunAsync(string[] args)
    {
        GuardedWriter.Install();
        if (args is [TrainCommand.Name, .. string[] handedOver])
            return await GuardAsync(() => TrainingTool.RunAsync(handedOver)).ConfigureAwait(false);
        RootCommand root = CommandTree.Create();
        ParseResult parsed = CommandTree.Read(root, args);
        if (IsCommandMissing(parsed))
        {
            // Who names no command sees which there are.
            await RunGuardedAsync(CommandTree.Read(root, [.. args, "--help"]), CancellationToken.None).ConfigureAwait(false);
            return (int)(args.Length == 0 ? ExitCode.Done : ExitCode.Usage);
        }
        IReadOnlyList<string> mistyped = MistypedWords.Find(parsed);
        if (mistyped.Count > 0 || parsed.Errors.Count > 0)
        {
            foreach (string problem in mistyped.Count > 0 ? mistyped : parsed.Errors.Select(error => OneLine(error.Message)))
                Messages.Error(problem);
            Messages.Hint($"'{string.Join(' ', CommandPath(parsed))} --help' shows how it is used");
            return (int)ExitCode.Usage;
        }
        HideArgumentsOfParents(parsed);
        using CancellationTokenSource stop = new();
        using StopSignals signals = new(_ => stop.Cancel());
        return await RunGuardedAsync(parsed, stop.Token).ConfigureAwait(false);
    }

    /// <summary>No command is named, and neither help nor the version is asked for.</summary>
    private static bool IsCommandMissing(ParseResult parsed) =>
        parsed.Action is (null or System.CommandLine.Invocation.ParseErrorAction)
        && parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 }
        && parsed.UnmatchedTokens.Count == 0;

    /// <summary>The pictures that 'cluster' takes are not for 'cluster name', whose help would show them.</summary>
    private static void HideArgumentsOfParents(ParseResult parsed)
    {
        for (
            System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult.Parent;
            result is System.CommandLine.Parsing.CommandResult parent;
            result = parent.Parent
        )
            foreach (Argument argument in parent.Command.Arguments)
                argument.Hidden = true;
    }

    private static Task<int> RunGuardedAsync(ParseResult parsed, CancellationToken stop) =>
        GuardAsync(() =>
        {
            WrittenOptions.SpareInputs(parsed);
            return parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                stop
            );
        });

    /// <summary>Runs a command; every expected error becomes one message and its exit code.</summary>
    private static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Messages.Error("cancelled");
            return (int)ExitCode.Cancelled;
        }
        catch (Exception e) when (ExitCodeOf(e) is { } code)
        {
            Messages.Error(Remedies.Advice(e));
            return (int)code;
        }
        catch (Exception e)
        {
            Messages.Error($"internal error: {e.Message}");
            return (int)ExitCode.Failed;
        }
    }

    private static ExitCode? ExitCodeOf(Exception error) =>
        error switch
        {
            SemblanceException known => ExitCodes.Of(known.Category),
            NoInputException => ExitCode.NoneUsable,
            UsageException or ArgumentException => ExitCode.Usage,
            IOException or UnauthorizedAccessException => ExitCode.Failed,
            _ => null,
        };

    /// <summary>The parser lists choices one a line.</summary>
    internal static string OneLine(string message) =>
        string.Join(' ', message.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static Stack<string> CommandPath(ParseResult parsed)
    {
        Stack<string> names = [];
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
            if (result is System.CommandLine.Parsing.CommandResult command)
                names.Push(command.Parent is null ? "semblance" : command.Command.Name);
        return names;
    }
}
