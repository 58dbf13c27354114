using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;
using Semblance.Cli.Options;

namespace Semblance.Cli;

/// <summary>
/// Values of options: the command line first, then the environment (<c>SEMBLANCE_MIN_FACE</c> for <c>--min-face</c>), then the file of
/// <c>--config</c> (<c>minFace</c>), then the default.
/// </summary>
internal sealed class Settings
{
    private readonly ParseResult _parsed;
    private readonly Dictionary<string, string> _file = [];

    public Settings(ParseResult parsed)
    {
        _parsed = parsed;
        string? path = parsed.GetValue(GlobalOptions.Config) ?? Environment.GetEnvironmentVariable("SEMBLANCE_CONFIG");
        if (!string.IsNullOrEmpty(path))
            _file = ConfigurationFile.Read(path, parsed.RootCommandResult.Command);
    }

    public bool Quiet => Get(GlobalOptions.Quiet, false);

    public int Threads => Get(GlobalOptions.Threads, Environment.ProcessorCount);

    /// <summary>An option's value.</summary>
    /// <exception cref="UsageException">The environment or the file holds something that does not fit.</exception>
    public T Get<T>(Option<T> option, T otherwise)
    {
        if (_parsed.GetResult(option) is OptionResult { Implicit: false })
            return _parsed.GetValue(option)!;
        string name = option.Name.TrimStart('-'),
            variable = "SEMBLANCE_" + name.Replace('-', '_').ToUpperInvariant();
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
            return Convert<T>(set, option, variable);
        return _file.TryGetValue(ConfigurationFile.KeyOf(name), out string? written)
            ? Convert<T>(written, option, $"'{name}' in the configuration file")
            : otherwise;
    }

    /// <summary>What the command line gives an option; null where it gives nothing.</summary>
    public T? GetGiven<T>(Option<T> option)
        where T : class => _parsed.GetResult(option) is OptionResult { Implicit: false } ? _parsed.GetValue(option) : null;

    /// <summary>What the environment or the file says of an option, as it stands there; null where they say nothing.</summary>
    public string? GetText(Option option)
    {
        string name = option.Name.TrimStart('-');
        if (Environment.GetEnvironmentVariable("SEMBLANCE_" + name.Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } set)
            return set;
        return _file.GetValueOrDefault(ConfigurationFile.KeyOf(name));
    }

    private static T Convert<T>(string text, Option<T> option, string where)
    {
        object value = Type.GetTypeCode(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)) switch
        {
            TypeCode.Boolean => BooleanOf(text, where),
            TypeCode.Int32 => NumberOf<int>(text, option, where),
            TypeCode.Int64 => NumberOf<long>(text, option, where),
            TypeCode.Single => NumberOf<float>(text, option, where),
            TypeCode.Double => NumberOf<double>(text, option, where),
            TypeCode.String => TextOf(text, option, where),
            _ => throw new UsageException($"{where} can only be given on the command line"),
        };
        return (T)value;
    }

    private static bool BooleanOf(string text, string where) =>
        text switch
        {
            "1" or "true" or "True" => true,
            "0" or "false" or "False" => false,
            _ => throw new UsageException($"{where} is '{text}'; true or false were expected"),
        };

    /// <summary>The option itself says which words it takes.</summary>
    private static string TextOf(string text, Option option, string where)
    {
        ParseResult parsed = new RootCommand { option }.Parse([option.Name, text], CommandTree.Parsing);
        return parsed.Errors is [var first, ..] ? throw new UsageException($"{where}: {CommandLineApp.OneLine(first.Message)}") : text;
    }

    private static TNumber NumberOf<TNumber>(string text, Option option, string where)
        where TNumber : INumber<TNumber> =>
        StrictNumbers.Read(option.Name, text, out TNumber number) is { } problem ? throw new UsageException($"{where} {problem}") : number;
}
