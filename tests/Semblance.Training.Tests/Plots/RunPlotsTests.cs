using Semblance.Training.Plots;
using Semblance.Training.Tests.Support;
using SkiaSharp;

namespace Semblance.Training.Tests.Plots;

public sealed class RunPlotsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Loss_falls_from_the_upper_left_to_the_lower_right_of_its_picture_when_it_fell()
    {
        (long, double)[] loss = [.. Enumerable.Range(1, 300).Select(i => (10L * i, 8.0 / i))];
        RunPlots.Write(new(_folder.Path), new(new Dictionary<string, IReadOnlyList<(long, double)>> { ["loss"] = loss }));
        using SKBitmap picture = SKBitmap.Decode(_folder["loss.png"]);
        (int X, int Y)[] line =
        [
            .. from y in Enumerable.Range(0, picture.Height)
            from x in Enumerable.Range(0, picture.Width)
            where picture.GetPixel(x, y) is { Red: 0, Green: 0x72, Blue: 0xB2 }
            select (x, y),
        ];
        Assert.True(line.Length > 500, $"{line.Length} pixels of the line");
        Assert.True(line.Where(p => p.X < 160).Average(p => p.Y) < picture.Height / 2.0);
        Assert.True(line.Where(p => p.X > 1000).Average(p => p.Y) > picture.Height * 0.6);
    }

    [Fact]
    public void Nothing_is_drawn_when_nothing_was_measured() =>
        Assert.Empty(RunPlots.Write(new(_folder.Path), new(new Dictionary<string, IReadOnlyList<(long, double)>>())));
}
