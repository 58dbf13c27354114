using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>The legend of a crowded picture: a panel below it with a number and a text for every face, in columns.</summary>
internal sealed class LegendPanel
{
    /// <summary>Distances in sizes of the text.</summary>
    private const float Margin = 0.9f,
        ColumnGap = 1.6f,
        RowGap = 0.35f,
        TagGap = 0.55f;

    private const string Separator = "  ·  ";

    private readonly LabelText _text;
    private readonly string[] _numbers;
    private readonly List<string>[] _rows;
    private readonly SKColor[] _colors;
    private readonly float _tagWidth;
    private readonly float _entryWidth;
    private readonly List<int>[] _columns;

    /// <summary>Arranges the entries.</summary>
    /// <param name="text">Size of the text.</param>
    /// <param name="numbers">Every entry's number.</param>
    /// <param name="lines">What it says.</param>
    /// <param name="colors">Its colour.</param>
    /// <param name="width">Width to fill.</param>
    public LegendPanel(LabelText text, string[] numbers, IReadOnlyList<string>[] lines, SKColor[] colors, float width)
    {
        (_text, _numbers, _colors) = (text, numbers, colors);
        _tagWidth = numbers.Max(number => text.TagOf(number).Width);
        float beside = _tagWidth + TagGap * text.Size,
            room = width - 2 * Margin * text.Size - beside;
        // A line that fits nowhere makes the panel wider than the picture.
        float longest = lines.SelectMany(entry => entry).Select(text.WidthOf).DefaultIfEmpty(0).Max();
        room = MathF.Max(room, longest);
        _rows = [.. lines.Select(entry => Wrap(entry, room))];
        _entryWidth = beside + _rows.SelectMany(rows => rows).Select(text.WidthOf).DefaultIfEmpty(0).Max();
        Width = MathF.Max(width, _entryWidth + 2 * Margin * text.Size);
        int columns = Math.Clamp(
            (int)((Width - 2 * Margin * text.Size + ColumnGap * text.Size) / (_entryWidth + ColumnGap * text.Size)),
            1,
            numbers.Length
        );
        _columns = Spread(columns);
        Height = _columns.Max(HeightOf) + 2 * Margin * text.Size - RowGap * text.Size;
    }

    public float Width { get; }

    public float Height { get; }

    /// <summary>Draws the panel.</summary>
    public void Draw(SKCanvas canvas, SKPoint corner)
    {
        using SKPaint ground = new() { Color = MarkPalette.Panel };
        canvas.DrawRect(SKRect.Create(corner.X, corner.Y, Width, Height), ground);
        float left = corner.X + Margin * _text.Size;
        foreach (List<int> column in _columns)
        {
            float top = corner.Y + Margin * _text.Size;
            foreach (int entry in column)
            {
                SKSize tag = _text.TagOf(_numbers[entry]);
                _text.DrawTag(
                    canvas,
                    _numbers[entry],
                    SKRect.Create(left + _tagWidth - tag.Width, top, tag.Width, tag.Height),
                    _colors[entry]
                );
                foreach (string row in _rows[entry])
                {
                    _text.DrawLine(canvas, row, left + _tagWidth + TagGap * _text.Size, top, MarkPalette.Text);
                    top += _text.Line;
                }
                top += RowGap * _text.Size;
            }
            left += _entryWidth + ColumnGap * _text.Size;
        }
    }

    private float HeightOf(List<int> column) => column.Sum(entry => _rows[entry].Count * _text.Line + RowGap * _text.Size);

    /// <summary>Down the columns, as lists are read; all about as high.</summary>
    private List<int>[] Spread(int columns)
    {
        int each = (_numbers.Length + columns - 1) / columns;
        return [.. Enumerable.Range(0, _numbers.Length).Chunk(each).Select(chunk => chunk.ToList())];
    }

    /// <summary>The lines of an entry side by side as long as they fit.</summary>
    private List<string> Wrap(IReadOnlyList<string> lines, float room)
    {
        List<string> rows = [];
        foreach (string line in lines)
        {
            if (rows.Count > 0 && _text.WidthOf(rows[^1] + Separator + line) <= room)
                rows[^1] += Separator + line;
            else
                rows.Add(line);
        }
        if (rows.Count == 0)
            rows.Add("");
        return rows;
    }
}
