using Semblance.Files;

namespace Semblance.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void File_and_its_folder_appear_when_all_is_written()
    {
        string path = Path.Combine(_folder, "new", "a.txt");

        AtomicFile.WriteAllText(path, "all of it");

        Assert.Equal("all of it", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Older_file_stays_when_writing_fails_in_the_middle()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Link_is_replaced_and_what_it_leads_to_is_spared()
    {
        string original = Path.Combine(_folder, "original.txt"),
            link = Path.Combine(_folder, "link.txt");
        File.WriteAllText(original, "original");
        File.CreateSymbolicLink(link, original);

        AtomicFile.WriteAllText(link, "new");

        Assert.Equal("original", File.ReadAllText(original));
        Assert.Equal("new", File.ReadAllText(link));
    }

    [Fact]
    public void Name_may_be_as_long_as_the_system_allows()
    {
        string path = Path.Combine(_folder, new string('n', 251) + ".txt");

        AtomicFile.WriteAllText(path, "x");

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Private_file_is_readable_by_its_owner_alone_also_where_it_replaces_another()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = Path.Combine(_folder, "a.npy");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        AtomicFile.WriteAllText(path, "new", FileReaders.OwnerAlone);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Folder_and_unwritable_place_are_named_in_the_error()
    {
        FileWriteException folder = Assert.Throws<FileWriteException>(() => AtomicFile.WriteAllText(_folder, "x"));
        FileWriteException place = Assert.Throws<FileWriteException>(() => AtomicFile.WriteAllText("/dev/null/x/a.txt", "x"));

        Assert.Equal($"{_folder}: this is a folder, no file", folder.Message);
        Assert.StartsWith("/dev/null/x/a.txt: the file cannot be written: ", place.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_is_written_to_and_not_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "there is no such device");

        AtomicFile.WriteAllText("/dev/null", "x");

        Assert.Equal(FileKind.Special, FileIdentity.KindOf("/dev/null"));
    }

    [Fact]
    public void Identity_is_one_for_all_names_of_a_file()
    {
        string file = Path.Combine(_folder, "a.txt"),
            link = Path.Combine(_folder, "b.txt"),
            other = Path.Combine(_folder, "c.txt");
        File.WriteAllText(file, "same");
        File.WriteAllText(other, "same");
        File.CreateSymbolicLink(link, file);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "self"), _folder);

        Assert.True(FileIdentity.AreSame(file, link));
        Assert.True(FileIdentity.AreSame(file, Path.Combine(_folder, "self", "a.txt")));
        Assert.False(FileIdentity.AreSame(file, other));
        Assert.Null(FileIdentity.Of(Path.Combine(_folder, "missing")));
    }
}
