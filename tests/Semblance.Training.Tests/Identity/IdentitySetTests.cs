using Semblance.Training.Identity;
using Semblance.Training.Tests.Support;

namespace Semblance.Training.Tests.Identity;

public sealed class IdentitySetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void People_are_the_folders_in_the_order_of_their_names_when_a_folder_is_opened()
    {
        _folder.Write("set/b/2.png", TemporaryFolder.Picture(1, 2));
        _folder.Write("set/b/sub/1.jpg", TemporaryFolder.Picture(1, 1));
        _folder.Write("set/a/1.png", TemporaryFolder.Picture(0, 1));
        _folder.Write("set/a/notes.txt", "no picture");
        IdentitySet set = IdentitySet.Open(_folder["set"]);
        Assert.Equal(["a", "b"], set.Names);
        Assert.Equal(
            [("1.png", 0), ("2.png", 1), ("1.jpg", 1)],
            set.Samples.Select(sample => (Path.GetFileName(sample.Name), sample.Identity))
        );
    }

    [Fact]
    public void Set_is_refused_when_there_is_nothing_in_it()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("holds no folders", Open("empty"));
        Directory.CreateDirectory(_folder["people/a"]);
        Assert.Contains("none of its 1 folders holds a picture", Open("people"));
        Assert.Contains("no such folder or file", Open("nowhere"));
        _folder.Write("list.csv", "file,identity\n");
        Assert.Contains("holds no pictures", Open("list.csv"));
    }

    [Fact]
    public void List_is_refused_with_names_when_its_files_are_not_there()
    {
        _folder.Write("a.png", TemporaryFolder.Picture(0, 0));
        _folder.Write("list.csv", "file,identity\na.png,Ada\nb.png,Ada\nc.png,Bea\n");
        string message = Open("list.csv");
        Assert.Contains("list.csv names b.png, c.png, which", message);
        Assert.Contains("--images", message);
    }

    [Fact]
    public void List_is_refused_with_its_line_when_a_label_or_column_is_missing()
    {
        _folder.Write("a.png", TemporaryFolder.Picture(0, 0));
        _folder.Write("list.csv", "file,identity\na.png,\n");
        Assert.Contains("column identity is empty", Open("list.csv"));
        _folder.Write("list.csv", "file,person\na.png,Ada\n");
        Assert.Contains("identity", Open("list.csv"));
    }

    [Fact]
    public void List_is_refused_when_it_gives_a_picture_to_two_people()
    {
        _folder.Write("a.png", TemporaryFolder.Picture(0, 0));
        _folder.Write("list.csv", "file,identity\na.png,Ada\na.png,Bea\n");
        Assert.Contains("says that a.png shows Ada and Bea", Open("list.csv"));
    }

    private string Open(string name) => Assert.Throws<TrainingException>(() => IdentitySet.Open(_folder[name])).Message;
}
