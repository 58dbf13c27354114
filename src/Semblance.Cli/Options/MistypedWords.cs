using System.CommandLine;
using System.CommandLine.Parsing;
using Semblance.Writing;

namespace Semblance.Cli.Options;

/// <summary>Options and commands that there are not: refused with the nearest that there is, never taken for a file.</summary>
internal static class MistypedWords
{
    /// <summary>The end of options: what follows is an argument whatever it looks like.</summary>
    private const string EndOfOptions = "--";

    /// <summary>Finds them.</summary>
    /// <returns>A message for each; empty where everything is known.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed) =>
        [
            // Whatever follows a wrong command belongs to it.
            .. parsed.UnmatchedTokens.Take(parsed.Errors.Count > 0 ? 1 : 0).Select(word => Describe(parsed, word)),
            .. ArgumentsOf(parsed).Where(word => LooksLikeOption(word)).Select(word => Describe(parsed, word)),
            .. ArgumentsOf(parsed).Select(word => DescribeCommand(parsed, word)).OfType<string>(),
            .. ValuesLikeOptions(parsed),
        ];

    private static bool LooksLikeOption(string word) => word is ['-', _, ..];

    /// <summary>Arguments before the end of options.</summary>
    private static IEnumerable<string> ArgumentsOf(ParseResult parsed)
    {
        HashSet<Token> exempt = new(
            parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash),
            ReferenceEqualityComparer.Instance as IEqualityComparer<Token>
        );
        return parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => !exempt.Contains(token))
            .Select(token => token.Value);
    }

    /// <summary><c>--annotate --recursivee</c> would write into a folder of that name.</summary>
    private static IEnumerable<string> ValuesLikeOptions(ParseResult parsed) =>
        from option in parsed.CommandResult.Children.OfType<OptionResult>()
        from token in option.Tokens
        where token.Value.StartsWith(EndOfOptions, StringComparison.Ordinal) && token.Value.Length > EndOfOptions.Length
        select $"{option.Option.Name} lacks its value; '{token.Value}' looks like an option";

    private static string Describe(ParseResult parsed, string word)
    {
        string name = word.Split('=', ':')[0];
        bool isOption = LooksLikeOption(word);
        IEnumerable<string> known = isOption
            ? OptionsOf(parsed.CommandResult)
            : parsed.CommandResult.Command.Subcommands.Select(command => command.Name);
        string message = isOption ? $"there is no option '{name}'" : $"there is no command '{word}' here";
        if (NearestWord.Find(isOption ? name : word, known) is { } nearest)
            return $"{message}; did you mean '{nearest}'?";
        return isOption && File.Exists(word) ? $"{message}; for the file of that name write './{word}'" : message;
    }

    /// <summary>A word that is neither a file nor a folder, and nearly a command that would be possible in its place.</summary>
    private static string? DescribeCommand(ParseResult parsed, string word) =>
        !LooksLikeOption(word)
        && NearestWord.Find(word, parsed.CommandResult.Command.Subcommands.Select(command => command.Name)) is { } nearest
        && !Path.Exists(word)
            ? $"there is no file '{word}'; did you mean the command '{nearest}'?"
            : null;

    private static IEnumerable<string> OptionsOf(SymbolResult? result)
    {
        for (bool first = true; result is CommandResult command; result = result.Parent, first = false)
            foreach (Option option in command.Command.Options)
                if (first || option.Recursive)
                    foreach (string name in option.Aliases.Prepend(option.Name))
                        yield return name;
    }
}
