using Microsoft.Extensions.Logging;

namespace Semblance.Diagnostics;

/// <summary>What the line says at its borders.</summary>
internal static partial class AnalysisLog
{
    [LoggerMessage(
        1,
        LogLevel.Debug,
        "{Picture}: {Faces} faces in {Width} x {Height} pixels; decoding {Decode:0.0} ms, detection {Detect:0.0} ms, alignment {Align:0.0} "
            + "ms, embedding {Embed:0.0} ms, attributes {Attributes:0.0} ms"
    )]
    private static partial void Analysed(
        ILogger logger,
        string picture,
        int faces,
        int? width,
        int? height,
        double decode,
        double detect,
        double? align,
        double? embed,
        double? attributes
    );

    [LoggerMessage(2, LogLevel.Warning, "{Problem}")]
    public static partial void Failed(ILogger logger, string problem, Exception cause);

    [LoggerMessage(3, LogLevel.Information, "{What} loaded in {Milliseconds:0} ms")]
    public static partial void Loaded(ILogger logger, string what, double milliseconds);

    public static void Analysed(ILogger logger, string picture, int faces, (int? Width, int? Height) size, StageTimings timings) =>
        Analysed(
            logger,
            picture,
            faces,
            size.Width,
            size.Height,
            timings.Decode,
            timings.Detect,
            timings.Align,
            timings.Embed,
            timings.Attributes
        );
}
