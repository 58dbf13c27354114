using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Semblance.Diagnostics;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests;

public sealed class SemblanceDiagnosticsTests
{
    [Fact]
    public async Task A_batch_shows_in_activities_instruments_and_the_log()
    {
        string name = $"seen-{Guid.NewGuid()}";
        ConcurrentBag<string> activities = [],
            stages = [];
        ConcurrentDictionary<string, long> counts = [];
        using ActivitySource root = new(name);
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is SemblanceDiagnostics.Name || source.Name == name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity mine = root.StartActivity("mine")!;
        // Other tests run beside this one: only what hangs below its own activity is counted.
        listener.ActivityStopped = activity =>
        {
            if (activity.TraceId == mine.TraceId)
                activities.Add(activity.OperationName);
        };
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == SemblanceDiagnostics.Name)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, Math.Abs(value), (_, sum) => sum + Math.Abs(value))
        );
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => stages.Add($"{instrument.Name} {tags[0].Value}"));
        meters.Start();
        KeptLog log = new();
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseCatalog(TestModels.Catalog)
            .UseExecution(TestModels.OneThread)
            .UseLogging(log)
            .Build();
        PictureItem[] items = [PictureItem.FromFile("a", ReferenceData.Sample("astronaut.png")), PictureItem.FromFile("missing.jpg")];
        await foreach (ImageAnalysis _ in analyzer.AnalyzeManyAsync(items, FaceFeatures.Embedding, TestContext.Current.CancellationToken))
        { }

        Assert.Equal(["align", "analyze", "detect", "embed"], activities.Order());
        Assert.True(counts[SemblanceDiagnostics.Faces] >= 1);
        Assert.True(counts[SemblanceDiagnostics.Pictures] >= 2);
        Assert.True(counts[SemblanceDiagnostics.Queue] >= 4);
        Assert.Contains($"{SemblanceDiagnostics.StageDuration} embed", stages);
        Assert.Contains(log.Lines, line => line.StartsWith("Debug a: 1 faces in 512 x 512 pixels", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line == "Warning missing.jpg: no such file");
    }

    private sealed class KeptLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider) { }

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose() { }
    }
}
