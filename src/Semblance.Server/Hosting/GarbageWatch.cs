using Microsoft.Extensions.Hosting;

namespace Semblance.Server.Hosting;

/// <summary>
/// Has garbage collected before it fills the memory. Pictures and bodies are large objects, which the runtime looks at seldom: the more of
/// them lie in pools, the more garbage it lets lie beside them, hundreds of megabytes on a machine that has them. Collecting takes some
/// milliseconds, since little of a service is live.
/// </summary>
internal sealed class GarbageWatch : BackgroundService
{
    /// <summary>Bytes that may be allocated between two collections; a quarter of what is live where that is more.</summary>
    private const long Most = 64L << 20;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period);
        int collections = GC.CollectionCount(GC.MaxGeneration);
        long allocated = GC.GetTotalAllocatedBytes();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                long since = GC.GetTotalAllocatedBytes() - allocated;
                long live = GC.GetGCMemoryInfo(GCKind.FullBlocking).HeapSizeBytes;
                if (GC.CollectionCount(GC.MaxGeneration) == collections)
                {
                    if (since < Math.Max(Most, live / 4))
                        continue;
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
                }
                (collections, allocated) = (GC.CollectionCount(GC.MaxGeneration), GC.GetTotalAllocatedBytes());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
