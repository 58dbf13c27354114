using System.Text.Json.Serialization;

namespace Semblance.Cli.Bench;

/// <summary>What <c>bench</c> measured; times are medians in milliseconds a photograph.</summary>
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
internal sealed record BenchReport(
    BenchTime Pipeline,
    BenchTime BareRuntime,
    double Ratio,
    int Photographs,
    int Faces,
    int Threads,
    string Detector,
    IReadOnlyList<long> AllocatedBytesPerImage,
    LargePhotograph TwelveMegapixels,
    BenchTime SessionLoad
);

/// <summary>A time.</summary>
internal sealed record BenchTime(double Milliseconds);

/// <summary>One 12-megapixel photograph through the line.</summary>
/// <param name="Milliseconds">From encoded bytes to embeddings.</param>
/// <param name="Decode">Decoding in it.</param>
/// <param name="Detect">Detection in it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Enlarged">Whether a smaller photograph was enlarged because none of that size was given.</param>
internal sealed record LargePhotograph(double Milliseconds, double Decode, double Detect, int Width, int Height, bool Enlarged);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
