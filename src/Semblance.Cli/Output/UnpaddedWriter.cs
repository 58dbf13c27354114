using System.Text;

namespace Semblance.Cli.Output;

/// <summary>Passes lines on without the spaces at their ends, which tables pad their last column with.</summary>
internal sealed class UnpaddedWriter(TextWriter output) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        output.WriteLine(_line.ToString().TrimEnd());
        _line.Clear();
    }

    public override void Write(string? value)
    {
        foreach (char c in value ?? "")
            Write(c);
    }

    public override void Flush()
    {
        // A line that is not at its end may still get its padding.
        output.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
            output.Write(_line.ToString().TrimEnd());
        base.Dispose(disposing);
    }
}
