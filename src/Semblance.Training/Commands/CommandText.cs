using System.CommandLine;

namespace Semblance.Training.Commands;

/// <summary>A command as it can be typed again.</summary>
internal static class CommandText
{
    /// <summary>The command of a parsed line.</summary>
    public static string Of(ParseResult parsed) =>
        "semblance train "
        + string.Join(
            ' ',
            parsed.Tokens.Select(token =>
                token.Value.Any(char.IsWhiteSpace) || token.Value.Length == 0 ? $"\"{token.Value}\"" : token.Value
            )
        );
}
