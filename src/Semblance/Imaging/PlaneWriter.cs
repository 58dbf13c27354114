using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Semblance.Imaging;

/// <summary>Turns sums of pixels into means, normalises them and spreads their channels over three planes.</summary>
internal readonly unsafe ref struct PlaneWriter
{
    private readonly float* _first;
    private readonly float* _second;
    private readonly float* _third;
    private readonly int _lane0;
    private readonly int _lane1;
    private readonly int _lane2;
    private readonly bool _padded;
    private readonly float _padValue;
    private readonly Vector128<float> _scale;
    private readonly Vector128<float> _offset;

    /// <param name="planes">Three planes, one after another.</param>
    /// <param name="planeSize">Values of one plane.</param>
    /// <param name="layout">Order and normalisation.</param>
    /// <param name="lanes">For each plane the channel of a pixel that fills it.</param>
    /// <param name="padded">Whether padding is not zero and some of the region is outside the source.</param>
    public PlaneWriter(float* planes, nint planeSize, in TensorLayout layout, (int First, int Second, int Third) lanes, bool padded)
    {
        _first = planes;
        _second = planes + planeSize;
        _third = planes + 2 * planeSize;
        (_lane0, _lane1, _lane2) = lanes;
        _padded = padded;
        _padValue = layout.PadValue;
        _scale = new Vector4(layout.Scale, 0).AsVector128();
        _offset = new Vector4(-layout.Mean * layout.Scale, 0).AsVector128();
    }

    /// <summary>Writes one row of cells.</summary>
    /// <param name="at">Index of the row's first value in a plane.</param>
    /// <param name="windows">Columns of every cell.</param>
    /// <param name="prefix">Sums of the cells' rows up to each column.</param>
    /// <param name="rowWeight">1 / rows of the cells.</param>
    /// <param name="rowCoverage">Share of these rows that lies inside the source.</param>
    public void WriteRow(nint at, ReadOnlySpan<Window> windows, Vector128<int>* prefix, float rowWeight, float rowCoverage)
    {
        Vector128<int> lanes = Vector128.Create(_lane0, _lane1, _lane2, 3);
        float* first = _first + at,
            second = _second + at,
            third = _third + at;
        int x = 0;
        if (Sse.IsSupported)
        {
            for (; x + 4 <= windows.Length; x += 4)
            {
                Vector128<float> a = Value(windows[x], prefix, rowWeight, rowCoverage, lanes);
                Vector128<float> b = Value(windows[x + 1], prefix, rowWeight, rowCoverage, lanes);
                Vector128<float> c = Value(windows[x + 2], prefix, rowWeight, rowCoverage, lanes);
                Vector128<float> d = Value(windows[x + 3], prefix, rowWeight, rowCoverage, lanes);
                Vector128<float> ab = Sse.UnpackLow(a, b),
                    cd = Sse.UnpackLow(c, d);
                Sse.MoveLowToHigh(ab, cd).Store(first + x);
                Sse.MoveHighToLow(cd, ab).Store(second + x);
                Sse.MoveLowToHigh(Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d)).Store(third + x);
            }
        }
        for (; x < windows.Length; x++)
        {
            Vector128<float> value = Value(windows[x], prefix, rowWeight, rowCoverage, lanes);
            (first[x], second[x], third[x]) = (value[0], value[1], value[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Value(in Window window, Vector128<int>* prefix, float rowWeight, float rowCoverage, Vector128<int> lanes)
    {
        Vector128<int> sum = Vector128.Shuffle(prefix[window.End] - prefix[window.Start], lanes);
        Vector128<float> mean = Vector128.ConvertToSingle(sum) * (rowWeight * window.Weight);
        if (_padded)
            mean += Vector128.Create(_padValue * (1 - rowCoverage * window.Coverage));
        return mean * _scale + _offset;
    }
}
