using Semblance.Cli.Output;

namespace Semblance.Cli.Commands;

/// <summary>What a command makes of every picture that could be analysed, before its result is printed.</summary>
/// <param name="Take">Takes a result, and the inputs that nothing may be written over; its errors are those of the picture alone.</param>
internal sealed record AnalysisUse(Action<ImageAnalysis, ProtectedInputs> Take)
{
    /// <summary>Nothing.</summary>
    public static AnalysisUse None { get; } = new((_, _) => { });

    /// <summary>Checks what will be written against the inputs, before anything is analysed.</summary>
    public Action<ProtectedInputs> Check { get; init; } = _ => { };

    /// <summary>Whether the decoded picture is needed.</summary>
    public bool NeedsImage { get; init; }

    /// <summary>What the analyzer must be set to beside the command's options.</summary>
    public Func<FaceAnalyzerBuilder, FaceAnalyzerBuilder> Configure { get; init; } = builder => builder;
}
