namespace Semblance.Imaging.Jpeg;

/// <summary>
/// Looks at the segments, scans and codes of a JPEG before it is decoded. The decoder fills what is missing with grey, and skips what is
/// damaged, without a word.
/// </summary>
internal ref struct JpegInspection
{
    /// <summary>With its end marker there, a picture that lacks no more than this share of its blocks is damaged, not incomplete.</summary>
    private const double LargestMissingShare = 0.1;

    /// <summary>Scans times pixels: 40 scans of the largest pictures. Progressive files have 10 to 20; thousands keep a decoder busy for
    /// hours.</summary>
    private const long LargestWork = 4_000_000_000;

    private readonly ReadOnlySpan<byte> _data;
    private readonly long _pixels;
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4],
        _ac = new HuffmanTable?[4];
    private JpegFrame? _frame;
    private int _interval,
        _scans;
    private bool _isKnown = true,
        _isCut;
    private string? _refusal,
        _damage;

    private JpegInspection(ReadOnlySpan<byte> data, long pixels)
    {
        _data = data;
        _pixels = pixels;
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="pixels">Pixels that it declares.</param>
    public static JpegCondition Of(ReadOnlySpan<byte> data, long pixels)
    {
        JpegInspection inspection = new(data, pixels);
        return inspection.Run();
    }

    private JpegCondition Run()
    {
        bool hasEnd = WalkSegments(2);
        // Arithmetic codes and the like are the decoder's alone.
        if (!_isKnown || _frame is null)
            return new(false, _refusal, _damage);
        bool isSent = _frame.Components.All(component => component.IsSent);
        if (!isSent && (!hasEnd || _isCut))
            Refuse(_scans == 0 ? "before the first scan" : $"after scan {_scans}, and finer details are still to come");
        return new(!hasEnd && _refusal is null, _refusal, _damage);
    }

    private void Refuse(string where) => _refusal ??= "the JPEG data ends before the picture is complete: " + where;

    /// <summary>Walks all segments.</summary>
    /// <returns>Whether the end marker is there.</returns>
    private bool WalkSegments(int position)
    {
        while (true)
        {
            int next = position < _data.Length ? _data[position..].IndexOf((byte)0xFF) : -1;
            if (next < 0)
                return false;
            position += next;
            while (position < _data.Length && _data[position] == 0xFF)
                position++;
            if (position >= _data.Length)
                return false;
            byte marker = _data[position++];
            if (marker == 0xD9)
                return true;
            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8))
                continue;
            int length = position + 2 <= _data.Length ? _data[position] << 8 | _data[position + 1] : 0;
            if (length < 2 || position + length > _data.Length)
                return false;
            ReadOnlySpan<byte> content = _data.Slice(position + 2, length - 2);
            position += length;
            Read(marker, content, ref position);
            if (_scans * _pixels > LargestWork)
            {
                _refusal ??= $"the JPEG data has {_scans} scans or more, as no encoder writes them";
                return false;
            }
        }
    }

    private void Read(byte marker, ReadOnlySpan<byte> content, ref int position)
    {
        switch (marker)
        {
            case 0xC4:
                ReadTables(content);
                break;
            case 0xDD when content.Length >= 2:
                _interval = content[0] << 8 | content[1];
                break;
            case 0xDA:
                _scans++;
                WalkScan(content, ref position);
                break;
            case (>= 0xC0 and <= 0xCF) and not (0xC8 or 0xCC):
                _frame = JpegFrame.Read(marker, content);
                _isKnown = _frame is not null;
                break;
            case 0xCC:
                _isKnown = false;
                break;
        }
    }

    private readonly void ReadTables(ReadOnlySpan<byte> content)
    {
        while (content.Length >= 17)
        {
            int symbols = 0;
            foreach (byte count in content[1..17])
                symbols += count;
            if (content.Length < 17 + symbols)
                return;
            HuffmanTable? table = HuffmanTable.Read(content[1..17], content.Slice(17, symbols));
            ((content[0] & 0x10) == 0 ? _dc : _ac)[content[0] & 3] = table;
            content = content[(17 + symbols)..];
        }
    }

    private void WalkScan(ReadOnlySpan<byte> header, ref int position)
    {
        if (!_isKnown || _frame is null || header.Length < 1 || header.Length < 4 + 2 * header[0])
            return;
        int first = _frame.IsProgressive ? header[1 + 2 * header[0]] : 0,
            last = _frame.IsProgressive ? header[2 + 2 * header[0]] : 63,
            high = _frame.IsProgressive ? header[3 + 2 * header[0]] >> 4 : 0,
            low = _frame.IsProgressive ? header[3 + 2 * header[0]] & 15 : 0;
        ScanComponent[] components = new ScanComponent[header[0]];
        if (first > last || last > 63 || components.Length == 0 || (first > 0 && components.Length > 1))
        {
            _isKnown = false;
            return;
        }
        bool needsDc = first == 0 && high == 0,
            needsAc = last > 0;
        for (int i = 0; i < components.Length; i++)
        {
            byte id = header[1 + 2 * i],
                tables = header[2 + 2 * i];
            JpegComponent? component = _frame.Components.FirstOrDefault(candidate => candidate.Id == id);
            if (component is null)
            {
                _isKnown = false;
                return;
            }
            components[i] = new(component, _dc[tables >> 4 & 3], _ac[tables & 3]);
            if ((needsDc && components[i].Dc is null) || (needsAc && components[i].Ac is null))
            {
                _isKnown = false;
                return;
            }
            if (_frame.IsProgressive)
                component.Remember();
        }
        JpegScan scan = new(_frame, components, _data, position, (first, last), high);
        scan.Walk(_interval);
        position = scan.End;
        foreach (ScanComponent part in components)
            part.Component.Send(first, last, low);
        Judge(scan, _data.Length - scan.End < 2, components, needsDc);
    }

    private void Judge(JpegScan scan, bool atEnd, ScanComponent[] components, bool isFirst)
    {
        if (scan.Damage is { } damage)
            _damage ??= $"the data is damaged: {(_frame!.IsProgressive ? $"scan {_scans}" : "the picture")}: {damage}";
        if (scan.Missing == 0)
            return;
        _isCut = true;
        if (atEnd || (isFirst && scan.Missing > LargestMissingShare * scan.Units))
        {
            int across = components.Length == 1 ? components[0].Component.BlocksAcross : _frame!.UnitsAcross,
                down = components.Length == 1 ? components[0].Component.BlocksDown : _frame!.UnitsDown;
            long rows = (long)((scan.Units - scan.Missing) / across) * _frame!.Height / down;
            Refuse($"after {rows} of {_frame.Height} rows" + (_frame.IsProgressive ? $" of scan {_scans}" : ""));
        }
        else
        {
            _damage ??= $"the data is damaged: {scan.Missing} of {scan.Units} blocks are missing";
        }
    }
}
