using System.CommandLine;
using System.Text.Json;
using Semblance.Files;
using Semblance.Writing;

namespace Semblance.Cli.Options;

/// <summary>The file of <c>--config</c>: a JSON object with values for options of any command.</summary>
internal static class ConfigurationFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The whole command line, whose options are the keys that there can be.</param>
    /// <returns>Values as text by <see cref="KeyOf"/>.</returns>
    /// <exception cref="UsageException">It cannot be read, or has keys that are no options.</exception>
    public static Dictionary<string, string> Read(string path, Command root)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                RegularFile.ReadAllText(path, LargestFile),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"{path}: a JSON object with option names was expected");
            return ReadValues(path, document.RootElement, [.. OptionsOf(root)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"{path}: the configuration cannot be read: {e.Message}");
        }
    }

    /// <summary>How keys are compared: <c>minFace</c>, <c>min-face</c> and <c>MinFace</c> are one.</summary>
    public static string KeyOf(string name) => name.TrimStart('-').Replace("-", "").ToUpperInvariant();

    private static Dictionary<string, string> ReadValues(string path, JsonElement root, IReadOnlyList<Option> options)
    {
        HashSet<string> known = [.. options.Select(option => KeyOf(option.Name))],
            several = [.. options.Where(option => option.ValueType == typeof(string[])).Select(option => KeyOf(option.Name))];
        Dictionary<string, string> values = [];
        List<string> problems = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!known.Contains(KeyOf(property.Name)))
                problems.Add(
                    $"there is no option '{property.Name}'"
                        + (NearestWord.Find(property.Name, options.Select(NameOf)) is { } nearest ? $"; did you mean '{nearest}'?" : "")
                );
            else if (
                property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Null
                || (property.Value.ValueKind == JsonValueKind.Array && !several.Contains(KeyOf(property.Name)))
            )
                problems.Add($"'{property.Name}' must be a text, a number, true or false");
            else if (!values.TryAdd(KeyOf(property.Name), property.Value.ToString()))
                problems.Add($"'{property.Name}' stands there twice");
        }
        return problems.Count == 0 ? values : throw new UsageException($"{path}: {string.Join("; ", problems)}");
    }

    /// <summary>In camelCase, as the documentation writes it.</summary>
    private static string NameOf(Option option)
    {
        string[] words = option.Name.TrimStart('-').Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Where(option => option.Name is not ("--help" or "--version")).Concat(command.Subcommands.SelectMany(OptionsOf));
}
