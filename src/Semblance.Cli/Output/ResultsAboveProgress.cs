using System.Text;

namespace Semblance.Cli.Output;

/// <summary>Standard output while a progress bar stands on the same terminal: the bar gives way to every line.</summary>
internal sealed class ResultsAboveProgress(TextWriter results, Progress progress) : TextWriter
{
    public override Encoding Encoding => results.Encoding;

    public override void Write(char value) => progress.Above(() => results.Write(value));

    public override void Write(string? value) => progress.Above(() => results.Write(value));

    public override void WriteLine(string? value) => progress.Above(() => results.WriteLine(value));

    public override void Flush() => results.Flush();
}
