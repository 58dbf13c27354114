using Semblance.Evaluation.Running;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Pack;

/// <summary>Faces that a set holds on contact sheets, cut out without loss.</summary>
internal sealed class ContactSheets(PictureSet set, int cell, int columns, int facesOfASheet)
{
    private readonly Dictionary<int, SKBitmap> _sheets = [];
    private readonly Lock _gate = new();

    /// <summary>A face as a PNG picture.</summary>
    /// <param name="index">Its number in the set.</param>
    public ReadOnlyMemory<byte> Face(int index)
    {
        SKBitmap sheet = Sheet(index / facesOfASheet);
        int place = index % facesOfASheet;
        SKRectI square = SKRectI.Create(place % columns * cell, place / columns * cell, cell, cell);
        using SKBitmap face = new();
        if (square.Bottom > sheet.Height || !sheet.ExtractSubset(face, square))
            throw new EvaluationException($"face {index} lies beyond its sheet");
        using SKData png = face.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private SKBitmap Sheet(int number)
    {
        lock (_gate)
        {
            if (_sheets.TryGetValue(number, out SKBitmap? sheet))
                return sheet;
            string name = $"sheets/{number:000}.jpg";
            sheet = PlainBitmap.DecodeOrNull(set.Bytes(name).Span)
                ?? throw new EvaluationException($"{name} is no picture that can be read");
            return _sheets[number] = sheet;
        }
    }
}
