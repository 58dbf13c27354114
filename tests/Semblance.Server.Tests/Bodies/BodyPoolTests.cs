using System.Buffers;
using Semblance.Server.Bodies;

namespace Semblance.Server.Tests.Bodies;

public sealed class BodyPoolTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Block_comes_back_cleared_and_serves_a_body_of_about_its_size()
    {
        BodyPool pool = new();
        byte[] block = pool.Rent(3 * Megabyte);
        block.AsSpan(0, 2 * Megabyte).Fill(0xAB);
        pool.Return(block, 2 * Megabyte);

        Assert.NotSame(block, pool.Rent(Megabyte));
        Assert.Same(block, pool.Rent(2 * Megabyte));
        Assert.False(block.AsSpan(0, 2 * Megabyte).ContainsAnyExcept((byte)0));
        Assert.Equal(0, pool.Ready);
    }

    [Fact]
    public void No_more_lies_ready_than_the_bound()
    {
        BodyPool pool = new(ready: 5 * Megabyte);
        byte[][] blocks = [.. Enumerable.Range(0, 4).Select(_ => pool.Rent(2 * Megabyte))];
        foreach (byte[] block in blocks)
            pool.Return(block, block.Length);
        Assert.Equal(4 * Megabyte, pool.Ready);
    }

    [Fact]
    public void Bytes_of_a_request_that_has_ended_are_read_by_nobody()
    {
        BodyPool pool = new();
        byte[] block = pool.Rent(100);
        block[0] = 7;
        BodyBuffer buffer = new(pool, block, 100);
        ReadOnlyMemory<byte> memory = buffer.Memory;
        Assert.Equal(7, memory.Span[0]);
        MemoryHandle pinned = memory.Pin();

        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        // A decoder that still reads keeps the block.
        Assert.Equal(0, pool.Ready);
        Assert.Equal(7, block[0]);

        pinned.Dispose();
        Assert.Equal(block.Length, pool.Ready);
        Assert.Equal(0, block[0]);
    }
}
