using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Semblance.Server.Hosting;

/// <summary>
/// Has garbage collected before it fills the memory. Pictures and bodies are large objects, which the runtime looks at seldom: the more of
/// them lie in pools, the more garbage it lets lie beside them, hundreds of megabytes on a machine that has them. Collecting takes some
/// milliseconds, since little of a service is live. What decoders and networks have freed is given back to the system then, too.
/// </summary>
internal sealed partial class GarbageWatch : BackgroundService
{
    /// <summary>Bytes that may be allocated between two collections; an eighth of what is live where that is more.</summary>
    private const long Most = 24L << 20;

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
                    if (since < Math.Max(Most, live / 8))
                        continue;
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
                }
                Trim();
                (collections, allocated) = (GC.CollectionCount(GC.MaxGeneration), GC.GetTotalAllocatedBytes());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    /// <summary>glibc's heaps keep what was freed in the middle of them, one heap for each of many threads.</summary>
    private static void Trim()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, musl for one.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int malloc_trim(nuint pad);
}
