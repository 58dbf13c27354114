using System.Runtime.InteropServices;

namespace Semblance.Imaging;

/// <summary>
/// Memory of the machine behind blocks that stay allocated. The collector keeps the memory of large blocks that have become garbage for a
/// while, and a pool keeps its own, which nobody else has then.
/// </summary>
internal static unsafe partial class PhysicalMemory
{
    /// <summary>MADV_DONTNEED of sys/mman.h.</summary>
    private const int DontNeed = 4;

    /// <summary>Gives the whole pages behind a block back to the system; they are zeros when they are next looked at. Where the system is
    /// not Linux nothing happens.</summary>
    /// <param name="block">What it holds is needed no more.</param>
    public static void GiveBack(byte[] block)
    {
        if (!OperatingSystem.IsLinux())
            return;
        fixed (byte* start = block)
        {
            nuint page = (nuint)Environment.SystemPageSize,
                from = ((nuint)start + page - 1) / page * page,
                to = ((nuint)start + (nuint)block.Length) / page * page;
            if (from < to)
                // A refusal leaves everything as it is.
                _ = madvise(from, to - from, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int madvise(nuint address, nuint length, int advice);
}
