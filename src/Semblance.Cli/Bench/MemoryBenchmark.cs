using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Semblance.Cli.Bench;

/// <summary>Whether memory grows with the number of images: the photographs go through one analyzer again and again.</summary>
internal sealed class MemoryBenchmark(Settings settings, int images)
{
    /// <summary>By then every network is loaded and every buffer is as large as it gets.</summary>
    public const int Settled = 200;

    /// <exception cref="UsageException">A photograph cannot be read, so the figures would mean nothing.</exception>
    public async Task<MemoryReport> RunAsync(IReadOnlyList<string> files, CancellationToken stop)
    {
        using FaceAnalyzer analyzer = AnalyzerOptions.Build(settings);
        MemoryUse settled = await AnalyzeAsync(analyzer, files, 0, Settled, stop).ConfigureAwait(false);
        MemoryUse end = await AnalyzeAsync(analyzer, files, Settled, images, stop).ConfigureAwait(false);
        return new(settled, end, (double)end.WorkingSetBytes / settled.WorkingSetBytes);
    }

    private static async Task<MemoryUse> AnalyzeAsync(
        FaceAnalyzer analyzer,
        IReadOnlyList<string> files,
        int from,
        int to,
        CancellationToken stop
    )
    {
        IEnumerable<string> part = Enumerable.Range(from, to - from).Select(i => files[i % files.Count]);
        await foreach (ImageAnalysis analysis in analyzer.AnalyzeManyAsync(part, FaceFeatures.Embedding, stop).ConfigureAwait(false))
            if (analysis.Error is { } error)
                throw new UsageException(error.Message);
        return Measure(to);
    }

    private static MemoryUse Measure(int images)
    {
        // Aggressive: memory that the collector merely keeps at hand for later is given back and not counted.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process process = Process.GetCurrentProcess();
        return new(images, process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false));
    }
}

/// <summary>Memory early and late.</summary>
/// <param name="Settled">After the first images.</param>
/// <param name="End">After all.</param>
/// <param name="Growth">Working set at the end over that of before.</param>
internal sealed record MemoryReport(MemoryUse Settled, MemoryUse End, double Growth);

/// <summary>Memory in use after a collection.</summary>
/// <param name="Images">Analysed so far.</param>
/// <param name="WorkingSetBytes">Of the whole process, native memory included.</param>
/// <param name="ManagedBytes">Managed objects.</param>
internal sealed record MemoryUse(int Images, long WorkingSetBytes, long ManagedBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MemoryReport))]
internal sealed partial class MemoryJson : JsonSerializerContext;
