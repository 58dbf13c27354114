namespace Semblance.Cli.Commands;

/// <summary>What a command makes of every picture that could be analysed, before its result is printed.</summary>
/// <param name="Take">Takes a result; its errors are those of the picture alone.</param>
internal sealed record AnalysisUse(Action<ImageAnalysis> Take)
{
    /// <summary>Nothing.</summary>
    public static AnalysisUse None { get; } = new(_ => { });

    /// <summary>Whether the decoded picture is needed.</summary>
    public bool NeedsImage { get; init; }

    /// <summary>What the analyzer must be set to beside the command's options.</summary>
    public Func<FaceAnalyzerBuilder, FaceAnalyzerBuilder> Configure { get; init; } = builder => builder;
}
