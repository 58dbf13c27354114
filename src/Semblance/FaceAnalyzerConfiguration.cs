using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance;

/// <summary>
/// Settings of an analyzer from a configuration. Keys, none of them needed: <c>Detector</c>, <c>Embedder</c>, <c>Attributes:Age</c> (and
/// any other attribute by its name: catalogue ids), <c>EmotionLabels</c>, <c>MinScore</c>, <c>MinFaceSize</c>, <c>PixelLimit</c>,
/// <c>ByteLimit</c>, <c>Flip</c>, <c>Provider</c>, <c>Threads</c>, <c>Concurrency</c>, <c>IntraOpThreads</c>, <c>ModelFolders:0</c>,
/// <c>ModelFolders:1</c>, …. Numbers are written invariantly.
/// </summary>
public static class FaceAnalyzerConfiguration
{
    private static readonly Dictionary<string, Action<FaceAnalyzerOptions, IConfigurationSection>> Keys = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["Detector"] = (options, section) => options.Detector = Text(section),
        ["Embedder"] = (options, section) => options.Embedder = Text(section),
        ["Attributes"] = SetAttributes,
        ["EmotionLabels"] = (options, section) => options.Attributes = options.Attributes with { EmotionLabels = Text(section) },
        ["MinScore"] = (options, section) => options.Detection = options.Detection with { MinScore = Number<float>(section) },
        ["MinFaceSize"] = (options, section) => options.Detection = options.Detection with { MinFaceSize = Number<float>(section) },
        ["PixelLimit"] = (options, section) => options.Decoding = options.Decoding with { PixelLimit = Number<long>(section) },
        ["ByteLimit"] = (options, section) => options.Decoding = options.Decoding with { ByteLimit = Number<long>(section) },
        ["Flip"] = (options, section) => options.Embedding = options.Embedding with { Flip = Truth(section) },
        ["Provider"] = (options, section) =>
            options.Execution = options.Execution with { Provider = ExecutionProviders.Parse(Text(section)) },
        ["Threads"] = (options, section) => options.Execution = options.Execution with { Threads = Number<int>(section) },
        ["Concurrency"] = (options, section) => options.Execution = options.Execution with { Concurrency = Number<int>(section) },
        ["IntraOpThreads"] = (options, section) => options.Execution = options.Execution with { IntraOpThreads = Number<int>(section) },
        ["ModelFolders"] = (options, section) => options.Catalog = new([.. section.GetChildren().Select(Text)]),
    };

    /// <summary>Sets what a configuration says.</summary>
    /// <param name="configuration">The section.</param>
    /// <param name="options">Changed.</param>
    /// <exception cref="InvalidOptionsException">Keys are not known or values do not fit; all of them are named.</exception>
    public static void Apply(IConfiguration configuration, FaceAnalyzerOptions options)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        foreach (IConfigurationSection section in configuration.GetChildren())
        {
            if (!Keys.TryGetValue(section.Key, out Action<FaceAnalyzerOptions, IConfigurationSection>? set))
            {
                problems.Add($"{section.Path} is not known; known are {string.Join(", ", Keys.Keys)}");
                continue;
            }
            try
            {
                set(options, section);
            }
            catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
            {
                problems.Add($"{section.Path} is '{section.Value}', which does not fit: {e.Message}");
            }
        }
        InvalidOptionsException.ThrowIfAny("configuration", problems);
    }

    private static void SetAttributes(FaceAnalyzerOptions options, IConfigurationSection section)
    {
        foreach (IConfigurationSection entry in section.GetChildren())
            options.AttributeModels[
                Enum.TryParse(entry.Key, ignoreCase: true, out ModelKind kind) && options.AttributeModels.ContainsKey(kind)
                    ? kind
                    : throw new FormatException(
                        $"'{entry.Key}' is no attribute; known are {string.Join(", ", options.AttributeModels.Keys)}"
                    )
            ] = Text(entry);
    }

    private static string Text(IConfigurationSection section) =>
        section.Value is { Length: > 0 } value ? value : throw new FormatException("it is empty");

    private static T Number<T>(IConfigurationSection section)
        where T : INumberBase<T> =>
        // A comma is no decimal point, and nothing that may be skipped either.
        T.Parse(Text(section), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool Truth(IConfigurationSection section) => bool.Parse(Text(section));
}
