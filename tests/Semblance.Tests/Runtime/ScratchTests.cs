using System.Buffers;
using Semblance.Runtime;

namespace Semblance.Tests.Runtime;

public sealed class ScratchTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData((1 << 21) + 1)]
    public void Memory_is_as_long_as_asked_can_be_pinned_and_is_gone_when_disposed_of(int length)
    {
        IMemoryOwner<float> owner = Scratch.Rent(length);
        Assert.Equal(length, owner.Memory.Length);
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
