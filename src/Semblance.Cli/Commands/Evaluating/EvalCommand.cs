using System.CommandLine;
using Semblance.Evaluation.Reporting;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary><c>semblance eval</c>: measures on labelled pictures.</summary>
internal static class EvalCommand
{
    private static readonly Option<string[]> Compare = new("--compare")
    {
        Description = "Put two reports side by side and say which differences are larger than chance.",
        HelpName = "A B",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        Command command = new("eval", "Measures on labelled pictures.\n\nExample: semblance eval --compare report-before/ report-after/")
        {
            EvalVerificationCommand.Create(),
            EvalIdentificationCommand.Create(),
            EvalTemplatesCommand.Create(),
            EvalDetectionCommand.Create(),
            EvalDetectorsCommand.Create(),
            EvalAttributesCommand.Create(),
            EvalClusteringCommand.Create(),
            EvalHalvesCommand.Create(),
            EvalAllCommand.Create(),
        };
        command.Options.Add(Compare);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(Compare) is not [string a, string b])
        {
            // Who names no protocol sees which there are.
            new System.CommandLine.Help.HelpAction().Invoke(parsed);
            return (int)ExitCode.Usage;
        }
        IReadOnlyList<ReportDifference> differences = ReportComparison.Compare(ReportJson.Read(a), ReportJson.Read(b));
        Console.Out.WriteLine(ReportComparison.Text(a, b, differences));
        return (int)ExitCode.Done;
    }
}
