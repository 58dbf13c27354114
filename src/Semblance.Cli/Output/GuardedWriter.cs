using System.Text;
using Semblance.Writing;

namespace Semblance.Cli.Output;

/// <summary>
/// The one way to the screen: whatever is printed, control characters, bidirectional controls and the like are written as <c>\uXXXX</c>,
/// so that no name of a file, a person or a tensor steers the terminal or rearranges what is read. Within JSON that means the same. Line
/// breaks and tabs stay; values that must not break a line are escaped where they are put into it.
/// </summary>
/// <param name="inner">What is written to.</param>
internal sealed class GuardedWriter(TextWriter inner) : TextWriter
{
    private const string Kept = "\n\t";

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Puts the guard before both streams of the process.</summary>
    public static void Install()
    {
        Console.SetOut(new GuardedWriter(Console.Out));
        Console.SetError(new GuardedWriter(Console.Error));
    }

    public override void Write(char value)
    {
        // Halves of a character come one after the other here.
        if (char.IsSurrogate(value))
            inner.Write(value);
        else
            Write(value.ToString());
    }

    public override void Write(string? value) => inner.Write(Clean(value));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Clean(value));

    public override void Flush() => inner.Flush();

    private static string Clean(string? value)
    {
        if (value is null)
            return "";
        if (Environment.NewLine == "\n")
            return PlainText.Escape(value, Kept);
        return PlainText.Escape(value.ReplaceLineEndings("\n"), Kept).ReplaceLineEndings();
    }
}
