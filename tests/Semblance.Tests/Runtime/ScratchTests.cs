using System.Buffers;
using System.Runtime.InteropServices;
using Semblance.Runtime;

namespace Semblance.Tests.Runtime;

public sealed class ScratchTests
{
    [Theory]
    [InlineData(1_000, true)]
    [InlineData((1 << 21) + 1, false)]
    public void Memory_is_as_long_as_asked_and_gone_when_disposed_of_and_long_memory_is_no_garbage(int length, bool isArray)
    {
        IMemoryOwner<float> owner = Scratch.Rent(length);
        Assert.Equal(length, owner.Memory.Length);
        Assert.Equal(isArray, MemoryMarshal.TryGetArray<float>(owner.Memory, out _));
        owner.Memory.Span[^1] = 7;
        using (MemoryHandle pinned = owner.Memory[(length - 1)..].Pin())
        {
            owner.Memory.Span[^1]++;
            unsafe
            {
                Assert.Equal(8, *(float*)pinned.Pointer);
            }
        }
        owner.Dispose();
        owner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => owner.Memory.Span[0]);
    }
}
