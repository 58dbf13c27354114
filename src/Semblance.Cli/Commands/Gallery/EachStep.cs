namespace Semblance.Cli.Commands.Gallery;

/// <summary>Advances a bar with every report.</summary>
internal sealed class EachStep(Action advance) : IProgress<int>
{
    public void Report(int value) => advance();
}
