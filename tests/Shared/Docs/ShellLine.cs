using System.Text;

namespace Semblance.TestSupport.Docs;

/// <summary>A line for a shell, split into its commands and their words as a shell would: quotes, comments and redirections are understood,
/// nothing is expanded.</summary>
internal static class ShellLine
{
    private static readonly HashSet<string> Separators = ["|", "||", "&", "&&", ";"];

    /// <summary>The words of each command of a line, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Commands(string line)
    {
        List<IReadOnlyList<string>> commands = [];
        List<string> command = [];
        bool skipsTarget = false;
        foreach ((string word, bool isQuoted) in Words(line))
        {
            if (!isQuoted && Separators.Contains(word))
            {
                commands.Add(command);
                command = [];
            }
            else if (skipsTarget)
                skipsTarget = false;
            else if (!isQuoted && word is ">" or ">>" or "2>" or "<")
                skipsTarget = true;
            else if (isQuoted || !word.StartsWith('>') && !word.StartsWith("2>", StringComparison.Ordinal))
                command.Add(word);
        }
        commands.Add(command);
        return [.. commands.Where(words => words.Count > 0)];
    }

    private static IEnumerable<(string Word, bool IsQuoted)> Words(string line)
    {
        StringBuilder word = new();
        bool isQuoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            char c = line[at];
            if (c == '#' && word.Length == 0)
                break;
            if (char.IsWhiteSpace(c) || c == ';')
            {
                if (word.Length > 0 || isQuoted)
                    yield return (word.ToString(), isQuoted);
                word.Clear();
                isQuoted = false;
                if (c == ';')
                    yield return (";", false);
            }
            else if (c is '\'' or '"')
            {
                int end = EndOfQuote(line, at);
                word.Append(line[(at + 1)..end]);
                isQuoted = true;
                at = end;
            }
            else if (line.AsSpan(at).StartsWith("$("))
            {
                int end = EndOfSubstitution(line, at);
                word.Append(line, at, end - at + 1);
                at = end;
            }
            else
                word.Append(c);
        }
        if (word.Length > 0 || isQuoted)
            yield return (word.ToString(), isQuoted);
    }

    /// <summary>Where the quote that opens here closes; the end of a line without the other quote.</summary>
    private static int EndOfQuote(string line, int start)
    {
        for (int at = start + 1; at < line.Length; at++)
            if (line[at] == line[start])
                return at;
            else if (line[start] == '"' && line.AsSpan(at).StartsWith("$("))
                at = EndOfSubstitution(line, at);
        return line.Length;
    }

    private static int EndOfSubstitution(string line, int start)
    {
        for (int at = start + 1, depth = 0; at < line.Length; at++)
            if (line[at] is '\'' or '"')
                at = EndOfQuote(line, at);
            else if (line[at] == '(')
                depth++;
            else if (line[at] == ')' && --depth == 0)
                return at;
        return line.Length - 1;
    }
}
