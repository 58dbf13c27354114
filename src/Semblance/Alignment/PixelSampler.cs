using System.Runtime.CompilerServices;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>Interpolates one pixel; neighbours outside the image are black.</summary>
internal readonly ref struct PixelSampler
{
    private const int One = 1 << WarpGrid.WeightBits;

    private readonly ReadOnlySpan<byte> _pixels;
    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;
    private readonly int _step;
    private readonly (int Red, int Green, int Blue) _channel;

    public PixelSampler(in PixelView source)
    {
        _pixels = source.Memory.Span;
        (_width, _height, _stride, _step) = (source.Width, source.Height, source.Stride, source.BytesPerPixel);
        _channel = source.ChannelOffsets;
    }

    /// <summary>Red, green and blue at a position.</summary>
    public void Sample(float x, float y, Span<byte> rgb)
    {
        // Positions far outside would not fit an integer; two pixels outside, all neighbours are black already.
        x = Math.Min(Math.Max(x, -2f), _width + 1f);
        y = Math.Min(Math.Max(y, -2f), _height + 1f);
        float floorX = MathF.Floor(x),
            floorY = MathF.Floor(y),
            fx = x - floorX,
            fy = y - floorY;
        int column = (int)floorX,
            row = (int)floorY;
        float both = fx * fy;
        int right = (int)((fx - both) * One + 0.5f),
            below = (int)((fy - both) * One + 0.5f),
            diagonal = (int)(both * One + 0.5f);
        int here = One - right - below - diagonal;

        int a = Offset(column, row),
            b = Offset(column + 1, row),
            c = Offset(column, row + 1),
            d = Offset(column + 1, row + 1);
        rgb[0] = Blend(a, b, c, d, here, right, below, diagonal, _channel.Red);
        rgb[1] = Blend(a, b, c, d, here, right, below, diagonal, _channel.Green);
        rgb[2] = Blend(a, b, c, d, here, right, below, diagonal, _channel.Blue);
    }

    private int Offset(int column, int row) =>
        (uint)column < (uint)_width && (uint)row < (uint)_height ? row * _stride + column * _step : -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Blend(int a, int b, int c, int d, int here, int right, int below, int diagonal, int channel) =>
        (byte)(
            (Value(a, channel) * here + Value(b, channel) * right + Value(c, channel) * below + Value(d, channel) * diagonal + One / 2)
            >> WarpGrid.WeightBits
        );

    private int Value(int offset, int channel) => offset < 0 ? 0 : _pixels[offset + channel];
}
