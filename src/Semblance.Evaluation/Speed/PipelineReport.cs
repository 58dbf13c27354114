namespace Semblance.Evaluation.Speed;

/// <summary>How fast the line is beside the bare network runs inside it; times are medians a photograph.</summary>
/// <param name="Pipeline">The whole line on decoded photographs with a long side of 640.</param>
/// <param name="BareRuntime">The same network runs, repeated in bare sessions.</param>
/// <param name="Ratio">Pipeline over bare runtime.</param>
/// <param name="Photographs">How many photographs took part.</param>
/// <param name="Faces">Faces found in them.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Detector">Detector by id.</param>
/// <param name="AllocatedBytesPerImage">Managed bytes a photograph, in the first and in the second half of the repetitions.</param>
/// <param name="TwelveMegapixels">The whole line from a 12-megapixel JPEG in memory.</param>
/// <param name="SessionLoad">Loading of the bare sessions.</param>
public sealed record PipelineReport(
    MeasuredTime Pipeline,
    MeasuredTime BareRuntime,
    double Ratio,
    int Photographs,
    int Faces,
    int Threads,
    string Detector,
    IReadOnlyList<long> AllocatedBytesPerImage,
    LargePhotograph TwelveMegapixels,
    MeasuredTime SessionLoad
);
