using SkiaSharp;

namespace Semblance.Training.Tests.Attributes;

/// <summary>Small data sets in the layouts of the real ones, in a folder that goes when it is disposed of.</summary>
internal sealed class AttributeData : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("semblance-attributes-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void WriteLabels(string text) => File.WriteAllText(PathOf("labels.csv"), text);

    /// <summary>A picture of square cells, each of one colour, 40 or so in a row.</summary>
    public void WriteSheet(string name, int cell, int columns, params IReadOnlyList<SKColor> colours) =>
        Write(name, SKColorType.Rgba8888, cell, columns, colours);

    /// <summary>The same as a grey picture.</summary>
    public void WriteGreySheet(string name, int cell, int columns, params IReadOnlyList<SKColor> colours) =>
        Write(name, SKColorType.Gray8, cell, columns, colours);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Write(string name, SKColorType type, int cell, int columns, IReadOnlyList<SKColor> colours)
    {
        int rows = (colours.Count + columns - 1) / columns;
        using SKBitmap bitmap = new(columns * cell, rows * cell, type, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(bitmap))
        {
            canvas.Clear(new SKColor(128, 128, 128));
            for (int i = 0; i < colours.Count; i++)
            {
                using SKPaint paint = new() { Color = colours[i] };
                canvas.DrawRect(i % columns * cell, i / columns * cell, cell, cell, paint);
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        File.WriteAllBytes(PathOf(name), data.ToArray());
    }
}
