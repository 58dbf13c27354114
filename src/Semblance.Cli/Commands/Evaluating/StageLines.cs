namespace Semblance.Cli.Commands.Evaluating;

/// <summary>Says on standard error what comes next.</summary>
internal sealed class StageLines : IProgress<string>
{
    public void Report(string value) => Console.Error.WriteLine($"{value} …");
}
