using Semblance.Files;

namespace Semblance.Tests.Files;

public sealed class FolderFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-folder-").FullName;

    public FolderFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a", "deep"));
        foreach (string name in new[] { "1.jpg", "a/2.jpg", "a/deep/3.jpg", ".hidden.jpg" })
            File.WriteAllText(Path.Combine(_folder, name), "");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "1.jpg")]
    [InlineData(1, "1.jpg", "a/2.jpg")]
    [InlineData(FolderFiles.AnyDepth, "1.jpg", "a/2.jpg", "a/deep/3.jpg")]
    public void Files_are_listed_down_to_a_depth(int depth, params string[] expected) => Assert.Equal(expected, List(depth));

    [Fact]
    public void Folder_is_visited_once_however_many_links_lead_to_it()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop2"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "up"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "again"), Path.Combine(_folder, "a"));

        Assert.Equal(["1.jpg", "a/2.jpg", "a/deep/3.jpg"], List(FolderFiles.AnyDepth));
    }

    [Fact]
    public void Folder_is_listed_where_it_lies_before_where_a_link_is()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder, "Z"), Path.Combine(_folder, "a"));

        Assert.Equal(["1.jpg", "a/2.jpg", "a/deep/3.jpg"], List(FolderFiles.AnyDepth));
    }

    [Fact]
    public void Folders_are_listed_one_by_one_each_of_them_once()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllText(Path.Combine(_folder, "b", "4.jpg"), "");
        Directory.CreateDirectory(Path.Combine(_folder, ".hidden"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "Again"), Path.Combine(_folder, "a", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "a", "other"), Path.Combine(_folder, "b"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "b", "up"), _folder);

        Assert.Equal(
            ["a: 2.jpg 3.jpg", "b: 4.jpg"],
            FolderFiles
                .ListEach(_folder, TestContext.Current.CancellationToken)
                .Select(one => $"{Path.GetFileName(one.Folder)}: {string.Join(' ', one.Files.Select(Path.GetFileName))}")
        );
    }

    [Fact]
    public void Linked_folder_outside_is_followed()
    {
        string outside = Directory.CreateTempSubdirectory("semblance-outside-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(outside, "4.jpg"), "");
            Directory.CreateSymbolicLink(Path.Combine(_folder, "b"), outside);

            Assert.Contains("b/4.jpg", List(FolderFiles.AnyDepth));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void Missing_folder_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() =>
            FolderFiles.List(Path.Combine(_folder, "missing"), 0, cancellationToken: TestContext.Current.CancellationToken)
        );

    private IEnumerable<string> List(int depth) =>
        FolderFiles.List(_folder, depth).Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'));
}
