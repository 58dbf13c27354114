using Semblance.Imaging;

namespace Semblance.Tests.Imaging;

public sealed class LargeBlocksTests
{
    private const int Megabyte = 1 << 20;

    private readonly LargeBlocks _blocks = new();

    [Fact]
    public void Block_serves_again_and_no_more_lie_ready_than_a_bound()
    {
        byte[][] first = [.. Enumerable.Range(0, 12).Select(_ => _blocks.Rent(40 * Megabyte))];
        Assert.All(first, block => Assert.Equal(48 * Megabyte, block.Length));
        Assert.Equal(12, first.Distinct().Count());
        foreach (byte[] block in first)
            _blocks.Return(block);

        byte[][] second = [.. Enumerable.Range(0, 12).Select(_ => _blocks.Rent(47 * Megabyte))];
        Assert.Equal(12, second.Distinct().Count());
        // 240 MB lie ready.
        Assert.Equal(5, second.Count(first.Contains));
    }

    [Fact]
    public void Block_beyond_the_largest_is_not_kept()
    {
        byte[] block = _blocks.Rent(300 * Megabyte);
        Assert.Equal(300 * Megabyte, block.Length);
        _blocks.Return(block);
        Assert.NotSame(block, _blocks.Rent(300 * Megabyte));
    }
}
