using System.CommandLine;
using System.CommandLine.Parsing;
using Semblance.Cli.Output;
using Semblance.Files;

namespace Semblance.Cli.Options;

/// <summary>Options that name what is written: none of them may lead to a file that the same command line names for reading.</summary>
internal static class WrittenOptions
{
    private static readonly HashSet<string> Names = ["--out", "--annotate", "--crops"];

    /// <summary>Checks a command line before anything is done.</summary>
    /// <exception cref="UsageException">What would be written is also read.</exception>
    public static void SpareInputs(ParseResult parsed)
    {
        ProtectedInputs inputs = InputsOf(parsed);
        foreach (OptionResult option in Options(parsed).Where(option => Names.Contains(option.Option.Name)))
            if (option.Tokens.FirstOrDefault(token => inputs.Contains(token.Value)) is { } written)
                throw new UsageException($"{option.Option.Name} {written.Value}: {ProtectedInputs.Reason}");
    }

    /// <summary>The files that a command line names for reading.</summary>
    public static ProtectedInputs InputsOf(ParseResult parsed)
    {
        IEnumerable<string> read = parsed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Concat(Options(parsed).Where(option => !Names.Contains(option.Option.Name)).SelectMany(option => option.Tokens))
            .Select(token => token.Value)
            .Select(value => value.StartsWith("sqlite:", StringComparison.Ordinal) ? value["sqlite:".Length..] : value)
            .Where(value => FileIdentity.KindOf(value) == FileKind.Regular);
        return new(read.ToList());
    }

    private static IEnumerable<OptionResult> Options(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>();
}
