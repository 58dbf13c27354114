using System.Formats.Tar;
using System.Text;
using Semblance.Evaluation.Running;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Running;

public sealed class PictureSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Archive_is_read_as_it_is_like_its_folder()
    {
        _folder.Write("set/labels.csv", "file\na/1.jpg\n");
        _folder.Write("set/a/1.jpg", [1, 2, 3]);
        _folder.Write("set/a/2.JPG", [4]);
        TarFile.CreateFromDirectory(_folder["set"], _folder["set.tar"], includeBaseDirectory: false);
        PictureSet folder = PictureSet.Open(_folder["set"]),
            archive = PictureSet.Open(_folder["set.tar"]);
        Assert.Equal(["a/1.jpg", "a/2.JPG"], folder.Names(".jpg"));
        Assert.Equal(folder.Names(".jpg"), archive.Names(".jpg"));
        Assert.Equal([1, 2, 3], archive.Bytes("a/1.jpg").ToArray());
        Assert.Equal("file\na/1.jpg\n", archive.ReadText("labels.csv", File.ReadAllText));
        Assert.Equal([4], archive.Pictures(["a/2.JPG"]).Single().Read().ToArray());
    }

    [Fact]
    public void What_is_no_archive_or_not_there_is_named()
    {
        _folder.Write("x.tar", Encoding.ASCII.GetBytes(new string('x', 2000)));
        Assert.Contains("x.tar", Assert.Throws<EvaluationException>(() => PictureSet.Open(_folder["x.tar"])).Message);
        Assert.Contains("no such folder", Assert.Throws<EvaluationException>(() => PictureSet.Open(_folder["nowhere"])).Message);
    }
}
