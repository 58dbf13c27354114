using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Semblance.Diagnostics;

/// <summary>
/// What the line tells to those who watch it: activities and instruments under the name "Semblance". Nobody watching costs nothing.
/// </summary>
public static class SemblanceDiagnostics
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Semblance";

    /// <summary>Histogram, milliseconds: what a stage took for a picture; tag <c>stage</c>: decode, detect, align, embed,
    /// attributes.</summary>
    public const string StageDuration = "semblance.stage.duration";

    /// <summary>Counter: faces found.</summary>
    public const string Faces = "semblance.faces";

    /// <summary>Counter: pictures done; tag <c>outcome</c>: analysed, or the code of the error.</summary>
    public const string Pictures = "semblance.pictures";

    /// <summary>Up-down counter: pictures that were taken from their source and are not done, those worked on included.</summary>
    public const string Queue = "semblance.queue";

    internal static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> StageDurations = Meter.CreateHistogram<double>(StageDuration, "ms", "Time of a stage.");
    private static readonly Counter<long> FacesFound = Meter.CreateCounter<long>(Faces, "{face}", "Faces found.");
    private static readonly Counter<long> PicturesDone = Meter.CreateCounter<long>(Pictures, "{picture}", "Pictures done.");
    private static readonly UpDownCounter<long> Queued = Meter.CreateUpDownCounter<long>(Queue, "{picture}", "Pictures under way.");

    /// <summary>Counts a picture in or out of those under way.</summary>
    internal static void CountQueued(int change) => Queued.Add(change);

    /// <summary>Counts a picture that was analysed.</summary>
    internal static void Count(int faces, StageTimings timings)
    {
        PicturesDone.Add(1, new KeyValuePair<string, object?>("outcome", "analysed"));
        FacesFound.Add(faces);
        Record("decode", timings.Decode);
        Record("detect", timings.Detect);
        Record("align", timings.Align);
        Record("embed", timings.Embed);
        Record("attributes", timings.Attributes);
    }

    /// <summary>Counts a picture that could not be analysed.</summary>
    internal static void CountFailed(string code) => PicturesDone.Add(1, new KeyValuePair<string, object?>("outcome", code));

    private static void Record(string stage, double? milliseconds)
    {
        if (milliseconds is { } time)
            StageDurations.Record(time, new KeyValuePair<string, object?>("stage", stage));
    }
}
