using System.CommandLine;
using System.Text.Json;

namespace Semblance.Cli.Commands.Service;

/// <summary>Reads options of the service and goes on where one cannot be read, so that all that is wrong is named at once.</summary>
/// <param name="settings">Where they come from.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class SettingsReader(Settings settings, List<string> problems)
{
    /// <summary>An option's value; the default where nothing was said, or nothing that can be read.</summary>
    public T? Get<T>(Option<T?> option) => Of(() => settings.Get(option, default), default);

    /// <summary>Several values: repeated on the command line, separated by commas in the environment, an array in the file.</summary>
    public string[]? Words(Option<string[]> option) =>
        Of(
            () =>
            {
                if (settings.GetGiven(option) is { Length: > 0 } given)
                    return given;
                if (settings.GetText(option) is not { Length: > 0 } text)
                    return null;
                if (text.StartsWith('['))
                    return JsonSerializer.Deserialize<string[]>(text);
                return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            },
            null
        );

    /// <summary>What a function reads; <paramref name="otherwise"/> where it cannot.</summary>
    public T Of<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (UsageException e)
        {
            return Wrong(e.Message, otherwise);
        }
        catch (JsonException e)
        {
            return Wrong(e.Message, otherwise);
        }
    }

    /// <summary>Notes something that is wrong.</summary>
    public T Wrong<T>(string problem, T otherwise)
    {
        problems.Add(problem);
        return otherwise;
    }
}
