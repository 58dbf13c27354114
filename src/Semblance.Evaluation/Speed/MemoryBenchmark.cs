using System.Diagnostics;
using System.Globalization;

namespace Semblance.Evaluation.Speed;

/// <summary>Whether memory grows with the number of images: photographs go through one analyzer again and again.</summary>
public static class MemoryBenchmark
{
    /// <summary>By then every network is loaded and every buffer is as large as it gets.</summary>
    public const int Settled = 200;

    /// <summary>Measures; takes the whole process into account, so nothing else should work in it.</summary>
    /// <param name="analyzer">The line.</param>
    /// <param name="files">The photographs.</param>
    /// <param name="images">Images in all, more than <see cref="Settled"/>.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="EvaluationException">A photograph cannot be read, or there are too few images, so the figures would mean
    /// nothing.</exception>
    public static async Task<MemoryReport> RunAsync(
        IFaceAnalyzer analyzer,
        IReadOnlyList<string> files,
        int images,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(files);
        if (images <= Settled)
            throw new EvaluationException(
                string.Create(CultureInfo.InvariantCulture, $"memory after {images} pictures says nothing, more than {Settled} are needed")
            );
        if (files.Count == 0)
            throw new EvaluationException("there is no photograph to measure memory with");
        MemoryUse settled = await AnalyzeAsync(analyzer, files, 0, Settled, cancellationToken).ConfigureAwait(false);
        MemoryUse end = await AnalyzeAsync(analyzer, files, Settled, images, cancellationToken).ConfigureAwait(false);
        return new(settled, end, (double)end.WorkingSetBytes / settled.WorkingSetBytes);
    }

    private static async Task<MemoryUse> AnalyzeAsync(
        IFaceAnalyzer analyzer,
        IReadOnlyList<string> files,
        int from,
        int to,
        CancellationToken stop
    )
    {
        IEnumerable<string> part = Enumerable.Range(from, to - from).Select(i => files[i % files.Count]);
        await foreach (ImageAnalysis analysis in analyzer.AnalyzeManyAsync(part, FaceFeatures.Embedding, stop).ConfigureAwait(false))
            if (analysis.Error is { } error)
                throw new EvaluationException(error.Message);
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
