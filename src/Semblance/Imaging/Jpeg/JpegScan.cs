using System.Numerics;

namespace Semblance.Imaging.Jpeg;

/// <summary>One component in a scan, with its tables.</summary>
internal readonly record struct ScanComponent(JpegComponent Component, HuffmanTable? Dc, HuffmanTable? Ac);

/// <summary>
/// Walks the codes of one scan without making pixels of them, to know whether all of it is there and makes sense (ITU-T T.81, F.2 and G.2).
/// </summary>
internal ref struct JpegScan
{
    /// <summary>Encoders may leave a few bytes behind the last block.</summary>
    private const int HarmlessRest = 16;

    private readonly JpegFrame _frame;
    private readonly ReadOnlySpan<ScanComponent> _components;
    private readonly ReadOnlySpan<byte> _data;
    private readonly int _first,
        _last,
        _high;
    private EntropyReader _reader;
    private int _run;

    /// <param name="frame">The frame it belongs to.</param>
    /// <param name="components">Its components.</param>
    /// <param name="data">The whole file.</param>
    /// <param name="position">Where its codes begin.</param>
    /// <param name="spectrum">First and last coefficient.</param>
    /// <param name="high">Bits that earlier scans have sent; 0 for the first one.</param>
    public JpegScan(
        JpegFrame frame,
        ReadOnlySpan<ScanComponent> components,
        ReadOnlySpan<byte> data,
        int position,
        (int First, int Last) spectrum,
        int high
    )
    {
        _frame = frame;
        _components = components;
        _data = data;
        (_first, _last, _high) = (spectrum.First, spectrum.Last, high);
        _reader = new(data, position);
    }

    /// <summary>Units of the scan.</summary>
    public readonly int Units =>
        _components.Length == 1
            ? _components[0].Component.BlocksAcross * _components[0].Component.BlocksDown
            : _frame.UnitsAcross * _frame.UnitsDown;

    /// <summary>Units at the end that are not there.</summary>
    public int Missing { get; private set; }

    /// <summary>What is wrong with codes that are there; null for nothing.</summary>
    public string? Damage { get; private set; }

    /// <summary>Where the next marker is.</summary>
    public int End { get; private set; }

    /// <summary>Walks it.</summary>
    /// <param name="interval">Units between restart markers; 0 for none.</param>
    public void Walk(int interval)
    {
        int units = Units,
            unit = 0,
            restart = 0;
        while (true)
        {
            int end = interval == 0 ? units : Math.Min(units, unit + interval);
            int reached = WalkUnits(unit, end);
            if (reached == end && _reader.Unread > HarmlessRest)
                Damage ??= "it goes on where its blocks end";
            End = _reader.Marker;
            if (reached < end && IsRestart(End))
                Damage ??= "a part of it ends too early";
            if (end == units && reached == end)
                return;
            if (!IsRestart(End))
            {
                Missing = units - reached;
                return;
            }
            if (interval == 0)
            {
                Damage ??= "it has restart markers that nothing announced";
                Missing = units - reached;
                SkipRestarts();
                return;
            }
            // Markers are numbered from 0 to 7: a gap tells how many parts were lost.
            int lost = (_data[End + 1] - 0xD0 - restart) & 7;
            if (lost > 0)
                Damage ??= "its restart markers are out of order";
            restart = (restart + lost + 1) & 7;
            unit = end + (lost < 4 ? lost * interval : 0);
            if (unit >= units)
            {
                Damage ??= "it has more restart markers than parts";
                SkipRestarts();
                return;
            }
            _reader.ContinueAt(End + 2);
            _run = 0;
        }
    }

    private void SkipRestarts()
    {
        while (IsRestart(End))
        {
            _reader.ContinueAt(End + 2);
            End = _reader.Marker;
        }
    }

    private readonly bool IsRestart(int position) => position + 1 < _data.Length && _data[position + 1] is >= 0xD0 and <= 0xD7;

    /// <summary>The first unit that is not there.</summary>
    private int WalkUnits(int unit, int end)
    {
        for (; unit < end; unit++)
        {
            bool sensible = _components.Length == 1 ? WalkSingle(unit) : WalkUnit(unit);
            // The decoder goes on behind such codes as well.
            if (!sensible)
                Damage ??= "it has codes that mean nothing";
            if (_reader.IsExhausted)
                return unit;
        }
        return end;
    }

    private bool WalkSingle(int unit)
    {
        JpegComponent component = _components[0].Component;
        int row = Math.DivRem(unit, component.BlocksAcross, out int column);
        return WalkBlock(_components[0], row * component.Stride + column);
    }

    private bool WalkUnit(int unit)
    {
        int top = Math.DivRem(unit, _frame.UnitsAcross, out int left);
        foreach (ScanComponent part in _components)
        {
            JpegComponent component = part.Component;
            for (int y = 0; y < component.Down; y++)
            for (int x = 0; x < component.Across; x++)
                if (!WalkBlock(part, (top * component.Down + y) * component.Stride + left * component.Across + x))
                    return false;
        }
        return true;
    }

    private bool WalkBlock(ScanComponent part, int block)
    {
        if (!_frame.IsProgressive)
            return _reader.TakeBlock(part.Dc!, part.Ac!);
        if (_first == 0)
        {
            if (_high == 0)
                return WalkDc(part.Dc!);
            _reader.Skip(1);
            return true;
        }
        return _high == 0
            ? WalkFirstAc(part.Ac!, ref part.Component.NonZero[block])
            : WalkRefinedAc(part.Ac!, ref part.Component.NonZero[block]);
    }

    private bool WalkDc(HuffmanTable table)
    {
        int size = _reader.Decode(table);
        if (size is < 0 or > 16)
            return false;
        _reader.Take(size);
        return true;
    }

    private bool WalkFirstAc(HuffmanTable table, ref ulong nonZero)
    {
        if (_run > 0)
        {
            _run--;
            return true;
        }
        for (int k = _first; k <= _last; k++)
        {
            int symbol = _reader.Decode(table);
            if (symbol < 0)
                return false;
            int zeros = symbol >> 4,
                size = symbol & 15;
            if (size == 0 && zeros < 15)
            {
                _run = (1 << zeros) - 1 + _reader.Read(zeros);
                return true;
            }
            k += zeros;
            if (k > _last)
                return size == 0;
            _reader.Take(size);
            if (size > 0)
                nonZero |= 1UL << k;
        }
        return true;
    }

    private bool WalkRefinedAc(HuffmanTable table, ref ulong nonZero)
    {
        int k = _first;
        if (_run == 0)
        {
            for (; k <= _last; k++)
            {
                int symbol = _reader.Decode(table);
                if (symbol < 0)
                    return false;
                int zeros = symbol >> 4,
                    size = symbol & 15;
                if (size > 1)
                    return false;
                if (size == 0 && zeros < 15)
                {
                    _run = (1 << zeros) + _reader.Read(zeros);
                    break;
                }
                if (size == 1)
                    _reader.Skip(1);
                // Coefficients that are known are mended on the way, those still 0 are counted.
                for (; k <= _last; k++)
                {
                    if ((nonZero >> k & 1) != 0)
                        _reader.Skip(1);
                    else if (--zeros < 0)
                        break;
                }
                if (size == 1)
                {
                    if (k > _last)
                        return false;
                    nonZero |= 1UL << k;
                }
            }
        }
        if (_run > 0)
        {
            ulong rest = k > _last ? 0 : nonZero >> k & ulong.MaxValue >> (63 - (_last - k));
            _reader.Skip(BitOperations.PopCount(rest));
            _run--;
        }
        return true;
    }
}
