using SkiaSharp;

namespace Semblance.Training.Tests.Support;

/// <summary>A folder that goes when it is disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("semblance-training-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>A folder for every person, with smooth pictures of 112 pixels whose colours are the person's own.</summary>
    public string WritePeople(string name, int people, int pictures)
    {
        for (int person = 0; person < people; person++)
        for (int i = 0; i < pictures; i++)
            Write($"{name}/{person:000}/{i}.png", Picture(person, i));
        return this[name];
    }

    /// <summary>A picture of 112 x 112 pixels: a gradient between two colours of the person, with a disc whose place is the picture's
    /// own.</summary>
    public static byte[] Picture(int person, int number, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        Random colors = new(person);
        SKColor[] pair =
        [
            .. Enumerable.Range(0, 3).Select(_ => new SKColor((byte)colors.Next(256), (byte)colors.Next(256), (byte)colors.Next(256))),
        ];
        using SKBitmap bitmap = new(112, 112, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (SKCanvas canvas = new(bitmap))
        using (SKShader gradient = SKShader.CreateLinearGradient(new(0, 0), new(112, 112), pair[..2], SKShaderTileMode.Clamp))
        using (
            SKPaint paint = new() { Shader = gradient },
                disc = new() { Color = pair[2] }
        )
        {
            canvas.DrawPaint(paint);
            canvas.DrawCircle(30 + 13 * number % 60, 40 + 7 * number % 40, 12, disc);
        }
        using SKData data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
