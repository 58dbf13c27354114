using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests.Imaging;

public sealed class LargeBlocksTests
{
    private const int Megabyte = 1 << 20;

    private readonly ManualClock _clock = new();
    private readonly LargeBlocks _blocks;

    public LargeBlocksTests() => _blocks = new(_clock);

    [Fact]
    public void Block_serves_again_and_no_more_lie_ready_than_were_in_use_at_once()
    {
        byte[][] first = [.. Enumerable.Range(0, 3).Select(_ => _blocks.Rent(40 * Megabyte))];
        Assert.All(first, block => Assert.Equal(48 * Megabyte, block.Length));
        Assert.Equal(3, first.Distinct().Count());
        foreach (byte[] block in first)
            _blocks.Return(block);
        Assert.Equal(3 * 48 * Megabyte, _blocks.Ready);

        byte[][] second = [.. Enumerable.Range(0, 2).Select(_ => _blocks.Rent(47 * Megabyte))];
        Assert.Equal(2, second.Count(first.Contains));

        // The two in use and one that lies ready are all that was ever in use, so another size pushes that one out.
        byte[] larger = _blocks.Rent(64 * Megabyte);
        Assert.Equal(0, _blocks.Ready);
        _blocks.Return(larger);
        Assert.Equal(64 * Megabyte, _blocks.Ready);
    }

    [Fact]
    public void No_more_lie_ready_than_one_large_picture_has()
    {
        byte[][] many = [.. Enumerable.Range(0, 6).Select(_ => _blocks.Rent(64 * Megabyte))];
        foreach (byte[] block in many)
            _blocks.Return(block);
        Assert.Equal(2 * 64 * Megabyte, _blocks.Ready);
        Assert.InRange(_blocks.Ready, 0, LargeBlocks.MostReady);
    }

    [Fact]
    public void Machine_has_the_memory_of_what_lies_ready_beyond_a_photograph()
    {
        byte[] block = _blocks.Rent(128 * Megabyte);
        block.AsSpan().Fill(1);
        _blocks.Return(block);
        // What was given back reads as zeros; the first and the last page may be shared with other objects.
        bool isGivenBack = !block.AsSpan(Megabyte, 126 * Megabyte).ContainsAnyExcept((byte)0);
        Assert.Equal(OperatingSystem.IsLinux(), isGivenBack);
        Assert.Same(block, _blocks.Rent(128 * Megabyte));

        byte[] small = _blocks.Rent(32 * Megabyte);
        small.AsSpan().Fill(1);
        _blocks.Return(small);
        Assert.False(small.AsSpan().ContainsAnyExcept((byte)1));
    }

    [Fact]
    public void What_was_in_use_long_ago_does_not_lie_ready()
    {
        byte[][] many = [.. Enumerable.Range(0, 4).Select(_ => _blocks.Rent(20 * Megabyte))];
        foreach (byte[] block in many)
            _blocks.Return(block);
        _clock.Advance(LargeBlocks.Recent + LargeBlocks.Recent / 2);
        // One alone keeps coming.
        _blocks.Return(_blocks.Rent(20 * Megabyte));
        Assert.Equal(4 * 32 * Megabyte, _blocks.Ready);
        _clock.Advance(LargeBlocks.Recent + LargeBlocks.Recent / 2);
        _blocks.Return(_blocks.Rent(20 * Megabyte));
        Assert.Equal(32 * Megabyte, _blocks.Ready);
    }

    [Fact]
    public void Nothing_lies_ready_where_no_more_pictures_come()
    {
        _blocks.Return(_blocks.Rent(20 * Megabyte));
        Assert.Equal(32 * Megabyte, _blocks.Ready);
        _clock.Advance(LargeBlocks.Recent);
        _clock.Advance(LargeBlocks.Recent);
        _clock.Advance(LargeBlocks.Recent);
        Assert.Equal(0, _blocks.Ready);
    }

    [Fact]
    public void Block_beyond_the_largest_is_not_kept()
    {
        byte[] block = _blocks.Rent(300 * Megabyte);
        Assert.Equal(300 * Megabyte, block.Length);
        _blocks.Return(block);
        Assert.Equal(0, _blocks.Ready);
        Assert.NotSame(block, _blocks.Rent(300 * Megabyte));
    }
}
