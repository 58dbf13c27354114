using SkiaSharp;

namespace Semblance.Page.Tests;

/// <summary>Pictures made from a photograph, each a file that is deleted when it is done with.</summary>
internal sealed class Pictures : IDisposable
{
    private readonly List<string> _files = [];

    /// <summary>The face of the photograph many times, close together, as in a stand.</summary>
    /// <param name="photograph">A portrait of 512 by 512 pixels.</param>
    /// <param name="columns">Faces side by side.</param>
    /// <param name="rows">Faces one under another.</param>
    public string Crowd(string photograph, int columns, int rows)
    {
        const int Side = 150;
        using SKBitmap picture = SKBitmap.Decode(photograph);
        using SKBitmap crowd = new(columns * Side, rows * Side);
        using SKImage image = SKImage.FromBitmap(picture);
        using (SKCanvas canvas = new(crowd))
        {
            for (int i = 0; i < columns * rows; i++)
            {
                SKRect place = SKRect.Create(i % columns * Side, i / columns * Side, Side, Side);
                canvas.DrawImage(image, SKRect.Create(130, 20, 190, 190), place, new SKSamplingOptions(SKCubicResampler.Mitchell));
            }
        }
        return Save(crowd);
    }

    /// <summary>A text that has the name of a picture.</summary>
    public string Text()
    {
        string file = Name();
        File.WriteAllText(file, "no picture");
        return file;
    }

    public void Dispose()
    {
        foreach (string file in _files)
            File.Delete(file);
    }

    private string Save(SKBitmap picture)
    {
        string file = Name();
        using SKData jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, 92);
        File.WriteAllBytes(file, jpeg.ToArray());
        return file;
    }

    private string Name()
    {
        string file = Path.Combine(Path.GetTempPath(), $"picture-{Guid.NewGuid():N}.jpg");
        _files.Add(file);
        return file;
    }
}
