using System.CommandLine;
using Semblance.Attributes;
using Semblance.Cli.Inputs;
using Semblance.Cli.Output;

namespace Semblance.Cli.Commands;

/// <summary><c>semblance analyze</c>: faces and what is asked about them.</summary>
internal static class AnalyzeCommand
{
    private static readonly Dictionary<string, FaceFeatures> Known = new(
        AttributeDescriptor
            .All.Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Feature))
            .Prepend(new("quality", FaceFeatures.Quality))
            .Append(new("embedding", FaceFeatures.Embedding))
    );

    private static readonly Option<string[]> Features = new("--features")
    {
        Description = $"What to find out, separated by commas: {string.Join(", ", Known.Keys)}. [default: quality]",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result =>
            [
                .. result.Tokens.SelectMany(token =>
                    token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ),
            ],
    };

    private static readonly Option<string?> Annotate = AnnotateOption();

    public static Option<string?> AnnotateOption() =>
        new("--annotate")
        {
            Description = "Draw the faces: a file (.png, .jpg, .webp) for one picture, a folder for several.",
            HelpName = "DIR|FILE",
        };

    public static Command Create()
    {
        Command command = new("analyze", "Finds faces and describes them.\n\nExample: semblance analyze photo.jpg --annotate annotated.png")
        {
            InputOptions.Inputs,
            InputOptions.Recursive,
            InputOptions.Json,
            Features,
            Annotate,
            AnalyzerOptions.Embedder,
            AnalyzerOptions.Flip,
            AnalyzerOptions.AttributeModels,
            AnalyzerOptions.EmotionLabels,
        };
        foreach (Option option in AnalyzerOptions.ForDetection)
            command.Options.Add(option);
        command.SetAction(
            (parsed, stop) => RunAsync(parsed, FeaturesOf(parsed.GetValue(Features)), parsed.GetValue(Annotate), AnalysisUse.None, stop)
        );
        return command;
    }

    /// <summary>Analyses the inputs; shared with <c>detect</c>, <c>align</c> and <c>embed</c>.</summary>
    public static async Task<int> RunAsync(
        ParseResult parsed,
        FaceFeatures features,
        string? annotate,
        AnalysisUse use,
        CancellationToken stop
    )
    {
        Settings settings = new(parsed);
        string[] inputs = parsed.GetRequiredValue(InputOptions.Inputs);
        IReadOnlyList<string> files = InputOptions.Expander(parsed).Expand(inputs);
        ProtectedInputs protect = new(files);
        use.Check(protect);
        AnnotationTarget? target = annotate is null ? null : new(annotate, files.Count == 1);
        target?.Validate();
        using FaceAnalyzer analyzer = use.Configure(AnalyzerOptions.Configure(settings)).Build();
        AttributeModelChoice.Require(analyzer, settings, features);
        TermsNotice.Show(settings, analyzer.AttributeModelsFor(features));
        int code = await new Batch(analyzer, settings, inputs, files, parsed.GetValue(InputOptions.Json))
            .RunAsync(
                new() { Features = features, KeepImage = target is not null || use.NeedsImage },
                analysis =>
                {
                    use.Take(analysis, protect);
                    target?.Save(analysis, protect);
                },
                stop
            )
            .ConfigureAwait(false);
        if (annotate is not null && code == (int)ExitCode.Done && !settings.Quiet)
            Messages.Hint($"annotated: {(files.Count == 1 ? target!.Last : annotate)}");
        return code;
    }

    private static FaceFeatures FeaturesOf(string[]? names)
    {
        if (names is null or [])
            return FaceFeatures.Quality;
        FaceFeatures features = FaceFeatures.None;
        foreach (string name in names)
        {
            features |= Known.TryGetValue(name, out FaceFeatures feature)
                ? feature
                : throw new UsageException($"--features: '{name}' is not known; known are {string.Join(", ", Known.Keys)}");
        }
        return features;
    }
}
