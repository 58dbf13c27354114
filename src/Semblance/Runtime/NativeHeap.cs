using System.Runtime.InteropServices;

namespace Semblance.Runtime;

/// <summary>
/// glibc's heap keeps what is freed: whenever a large block is freed, it raises the size from which blocks are mapped on their own, up to
/// 32 MB, and then keeps up to twice
/// that in each of its arenas, of which there are eight for every processor. Photographs of every size, decoded on whatever thread is free,
/// fill them all in time.
/// With a fixed size large blocks go back to the system at once.
/// </summary>
internal static partial class NativeHeap
{
    /// <summary>Set to false before the first network is loaded, this leaves the heap as the process has it.</summary>
    public const string Switch = "Semblance.FixedMmapThreshold";

    /// <summary>Who starts the process may have chosen already.</summary>
    private const string Chosen = "MALLOC_MMAP_THRESHOLD_";

    /// <summary>Bytes from which a block is mapped on its own.</summary>
    private const int Threshold = 1 << 20;

    /// <summary>M_MMAP_THRESHOLD of malloc.h.</summary>
    private const int MmapThreshold = -3;

    private static readonly Lazy<bool> Done = new(Apply);

    /// <summary>Sees to it once for the process.</summary>
    public static void GiveBackLargeBlocks() => _ = Done.Value;

    private static bool Apply()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Chosen) is not null)
            return false;
        if (AppContext.TryGetSwitch(Switch, out bool wanted) && !wanted)
            return false;
        try
        {
            return mallopt(MmapThreshold, Threshold) == 1;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, musl for one, whose heap has no such setting.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int mallopt(int parameter, int value);
}
