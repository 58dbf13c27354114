using System.CommandLine;

namespace Semblance.Cli.Inputs;

/// <summary>The argument and options that name pictures.</summary>
internal static class InputOptions
{
    public static readonly Argument<string[]> Inputs = new("INPUT")
    {
        Description = "Pictures: files, folders, globs in quotes ('photos/**/*.jpg'), or - for a list on standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static readonly Option<bool> Recursive = new("--recursive", "-r") { Description = "Look into folders of folders." };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "JSON: one document for a single file, else one line a picture.",
    };

    public static InputExpander Expander(ParseResult parsed) => new(parsed.GetValue(Recursive), ReadStandardInput);

    private static IReadOnlyList<string> ReadStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        return InputList.Read(input);
    }
}
