using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;

namespace Semblance.Cli;

/// <summary>
/// Values of options: the command line first, then the environment (<c>SEMBLANCE_MIN_FACE</c> for <c>--min-face</c>), then the file of
/// <c>--config</c> (<c>minFace</c>), then the default.
/// </summary>
internal sealed class Settings
{
    private readonly ParseResult _parsed;
    private readonly Dictionary<string, string> _file = new(StringComparer.OrdinalIgnoreCase);

    public Settings(ParseResult parsed)
    {
        _parsed = parsed;
        string? path = parsed.GetValue(GlobalOptions.Config) ?? Environment.GetEnvironmentVariable("SEMBLANCE_CONFIG");
        if (!string.IsNullOrEmpty(path))
            ReadFile(path);
    }

    public bool Quiet => Get(GlobalOptions.Quiet, false);

    public int Threads
    {
        get
        {
            int threads = Get(GlobalOptions.Threads, Environment.ProcessorCount);
            return threads is >= 1 and <= 1024 ? threads : throw new UsageException($"--threads is {threads}, 1 to 1024 are possible");
        }
    }

    /// <summary>An option's value.</summary>
    /// <exception cref="UsageException">The environment or the file holds something that does not fit.</exception>
    public T Get<T>(Option<T> option, T otherwise)
    {
        if (_parsed.GetResult(option) is OptionResult { Implicit: false })
            return _parsed.GetValue(option)!;
        string name = option.Name.TrimStart('-'),
            variable = "SEMBLANCE_" + name.Replace('-', '_').ToUpperInvariant();
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
            return Convert<T>(set, variable);
        return _file.TryGetValue(name.Replace("-", ""), out string? written)
            ? Convert<T>(written, $"'{name}' in the configuration file")
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
        return _file.GetValueOrDefault(name.Replace("-", ""));
    }

    private static T Convert<T>(string text, string where)
    {
        try
        {
            Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
            if (type == typeof(bool))
                return (T)
                    (object)(text is "1" or "true" or "True" || (text is "0" or "false" or "False" ? false : throw new FormatException()));
            return (T)System.Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new UsageException($"{where} is '{text}', which does not fit");
        }
    }

    private void ReadFile(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllText(path),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"{path}: a JSON object with option names was expected");
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
                _file[property.Name.Replace("-", "")] = property.Value.ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{path}: the configuration cannot be read: {e.Message}");
        }
    }
}
