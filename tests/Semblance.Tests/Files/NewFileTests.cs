using Semblance.Files;

namespace Semblance.Tests.Files;

public sealed class NewFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Name_that_is_taken_gets_a_number_and_nothing_is_replaced()
    {
        string[] written = [.. Enumerable.Range(1, 3).Select(i => NewFile.Write(_folder, "a.jpg", stream => stream.WriteByte((byte)i)))];
        Assert.Equal(["a.jpg", "a (2).jpg", "a (3).jpg"], written.Select(Path.GetFileName));
        Assert.Equal([1, 2, 3], written.Select(path => (int)File.ReadAllBytes(path)[0]));
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void File_that_could_not_be_written_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => NewFile.Write(_folder, "a.jpg", stream =>
            {
                stream.WriteByte(1);
                throw new InvalidOperationException("no more");
            }));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Link_that_leads_nowhere_takes_its_name_too()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "a.jpg"), Path.Combine(_folder, "gone"));
        Assert.Equal("a (2).jpg", Path.GetFileName(NewFile.FreePath(_folder, "a.jpg")));
    }
}
