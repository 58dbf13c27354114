using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Semblance.Server.Hosting;

/// <summary>What the service counts and times.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Semblance.Server";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _failures,
        _faces,
        _searches;
    private readonly Histogram<double> _stages;

    public ServiceMetrics()
    {
        _failures = _meter.CreateCounter<long>("semblance.failures", description: "Requests that ended with an error, by code");
        _faces = _meter.CreateCounter<long>("semblance.faces", description: "Faces found");
        _searches = _meter.CreateCounter<long>("semblance.searches", description: "Faces searched for, by outcome");
        _stages = _meter.CreateHistogram<double>("semblance.stage", unit: "s", description: "Time of each stage of a picture");
    }

    /// <summary>Where spans come from.</summary>
    public ActivitySource Traces { get; } = new(Name);

    public void Observe(string name, string description, Func<long> value) =>
        _meter.CreateObservableGauge(name, value, description: description);

    public void Observe(string name, string description, Func<IEnumerable<Measurement<long>>> values) =>
        _meter.CreateObservableGauge(name, values, description: description);

    public void CountFailure(string code) => _failures.Add(1, new KeyValuePair<string, object?>("code", code));

    public void CountSearch(string outcome) => _searches.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Record(ImageAnalysis analysis)
    {
        _faces.Add(analysis.Faces?.Count ?? 0);
        if (analysis.Timings is not { } timings)
            return;
        RecordStage("decode", timings.Decode);
        RecordStage("detect", timings.Detect);
        RecordStage("align", timings.Align);
        RecordStage("embed", timings.Embed);
        RecordStage("attributes", timings.Attributes);
    }

    public void RecordStage(string stage, double? milliseconds)
    {
        if (milliseconds is { } time)
            _stages.Record(time / 1000, new KeyValuePair<string, object?>("stage", stage));
    }

    public void Dispose()
    {
        _meter.Dispose();
        Traces.Dispose();
    }
}
