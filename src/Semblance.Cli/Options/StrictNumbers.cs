using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using Semblance.Writing;

namespace Semblance.Cli.Options;

/// <summary>
/// Numbers of options are read in one way, whoever declares the option: digits with a point, in every country, within the option's range.
/// The parser of the library would take the comma of <c>0,2</c> for a separator of thousands and read 2.
/// </summary>
internal static class StrictNumbers
{
    /// <summary>Gives all options and arguments of a command, and of those below it, that have numbers this parser.</summary>
    public static void Use(Command command)
    {
        foreach (Option option in command.Options)
            Use(option);
        foreach (Argument argument in command.Arguments)
            Use(argument);
        foreach (Command below in command.Subcommands)
            Use(below);
    }

    /// <summary>Reads a number.</summary>
    /// <param name="option">The option, whose range counts.</param>
    /// <param name="text">What was typed or configured.</param>
    /// <param name="number">The number.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Read<T>(string option, string text, out T number)
        where T : INumber<T>
    {
        NumberRange? range = NumberRanges.Of(option);
        string possible = range is { } known ? $"; {known} are possible" : "";
        if (!InvariantNumber.TryParse(text, out number))
        {
            string kind = T.CreateTruncating(0.5) == T.Zero ? "whole number" : "number";
            string hint = InvariantNumber.HintFor<T>(text) is { } instead ? $" ({instead})" : "";
            return $"is '{text}', which is no {kind}{hint}{possible}";
        }
        return range is { } limits && !limits.Contains(double.CreateSaturating(number)) ? $"is {text}{possible}" : null;
    }

    private static void Use(Symbol symbol)
    {
        switch (symbol)
        {
            case Option<int> option:
                option.CustomParser ??= Parse<int>;
                break;
            case Option<int?> option:
                option.CustomParser ??= ParseOptional<int>;
                break;
            case Option<long> option:
                option.CustomParser ??= Parse<long>;
                break;
            case Option<long?> option:
                option.CustomParser ??= ParseOptional<long>;
                break;
            case Option<float> option:
                option.CustomParser ??= Parse<float>;
                break;
            case Option<float?> option:
                option.CustomParser ??= ParseOptional<float>;
                break;
            case Option<double> option:
                option.CustomParser ??= Parse<double>;
                break;
            case Option<double?> option:
                option.CustomParser ??= ParseOptional<double>;
                break;
            case Argument<int> argument:
                argument.CustomParser ??= Parse<int>;
                break;
            case Argument<long> argument:
                argument.CustomParser ??= Parse<long>;
                break;
            case Argument<long?> argument:
                argument.CustomParser ??= ParseOptional<long>;
                break;
            case Argument<double> argument:
                argument.CustomParser ??= Parse<double>;
                break;
        }
    }

    private static T? ParseOptional<T>(ArgumentResult result)
        where T : struct, INumber<T> => Parse<T>(result);

    private static T Parse<T>(ArgumentResult result)
        where T : struct, INumber<T>
    {
        string name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
        if (Read(name, result.Tokens[^1].Value, out T number) is { } problem)
            result.AddError($"{name} {problem}");
        return number;
    }
}
