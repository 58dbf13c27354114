using System.Diagnostics;
using Semblance.Imaging;

namespace Semblance.Load;

/// <summary>The same mix of work by the library alone, in this process: what a service could answer at best.</summary>
internal static class LibraryRun
{
    /// <summary>What each route of the mix makes the library do.</summary>
    private static readonly FaceFeatures[] Mix =
    [
        FaceFeatures.None,
        FaceFeatures.Embedding,
        FaceFeatures.Embedding | FaceFeatures.Quality,
        FaceFeatures.Quality,
    ];

    /// <summary>Pictures a second, one worker a processor, and the processor time of each.</summary>
    public static async Task<(double PicturesPerSecond, TimeSpan ProcessorTime)> MeasureAsync(byte[][] pictures, TimeSpan time)
    {
        using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().Build();
        await analyzer.WarmAsync();
        int done = 0;
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(number =>
                    Task.Run(async () =>
                    {
                        for (int turn = number; Stopwatch.GetElapsedTime(start) < time; turn += Environment.ProcessorCount)
                        {
                            PictureItem item = PictureItem.FromBytes("picture", pictures[turn % pictures.Length]);
                            _ = await analyzer.AnalyzeAsync(item, Mix[turn % Mix.Length], CancellationToken.None);
                            Interlocked.Increment(ref done);
                        }
                    })
                )
        );
        return (done / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used) / done);
    }
}
