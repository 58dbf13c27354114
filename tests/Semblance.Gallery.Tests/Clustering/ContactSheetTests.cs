using Semblance.Gallery.Clustering;
using SkiaSharp;

namespace Semblance.Gallery.Tests.Clustering;

public sealed class ContactSheetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-sheet-");

    [Fact]
    public void Sheet_shows_every_face_with_title_and_labels()
    {
        using SKBitmap sheet = Draw(13, "A title", "name.jpg"),
            withoutText = Draw(13, "", "");
        SKColor[] colours = [.. Enumerable.Range(0, 13).Select(ColourOf)];
        HashSet<SKColor> seen = [.. sheet.Pixels];
        Assert.All(colours, colour => Assert.Contains(colour, seen));
        Assert.InRange(sheet.Pixels.Zip(withoutText.Pixels).Count(pair => pair.First != pair.Second), 1000, 20_000);
    }

    [Fact]
    public void Sheet_refuses_more_faces_than_fit()
    {
        Assert.Throws<ArgumentException>(() => Draw(ContactSheet.MostFaces + 1, "", ""));
        Assert.Throws<ArgumentException>(() => Draw(0, "", ""));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static SKColor ColourOf(int face) => new((byte)(10 + face * 15), 200, (byte)(250 - face * 15));

    private SKBitmap Draw(int faces, string title, string label)
    {
        string path = Path.Combine(_folder.FullName, "sheet.png");
        ContactSheet.Save(
            path,
            title,
            [.. Enumerable.Range(0, faces).Select(face => ((Func<SKBitmap>)(() => Plain(ColourOf(face))), label))]
        );
        return SKBitmap.Decode(path);
    }

    private static SKBitmap Plain(SKColor colour)
    {
        SKBitmap bitmap = new(112, 112);
        bitmap.Erase(colour);
        return bitmap;
    }
}
