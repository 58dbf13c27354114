using System.Runtime.InteropServices;
using Semblance.Runtime;

namespace Semblance.Tests.Runtime;

public sealed class NativeHeapTests
{
    /// <summary>Bit of glibc's chunk header, the word before the block: the chunk is a mapping of its own and goes back to the system when
    /// it is freed.</summary>
    private const nuint IsMapped = 2;

    [Fact]
    public unsafe void A_large_block_is_still_mapped_on_its_own_after_a_larger_one_was_freed()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal),
            "only glibc has this setting"
        );
        NativeHeap.GiveBackLargeBlocks();
        NativeMemory.Free(NativeMemory.Alloc(16 << 20));
        // The first ones may fit into what the process has freed before; nothing is written to them, so they take no memory.
        void*[] blocks = new void*[64];
        for (int i = 0; i < blocks.Length; i++)
            blocks[i] = NativeMemory.Alloc(4 << 20);
        nuint header = ((nuint*)blocks[^1])[-1];
        foreach (void* block in blocks)
            NativeMemory.Free(block);
        Assert.Equal(IsMapped, header & IsMapped);
    }
}
