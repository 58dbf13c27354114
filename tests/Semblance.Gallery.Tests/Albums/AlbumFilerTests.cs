using Semblance.Gallery.Albums;

namespace Semblance.Gallery.Tests.Albums;

public sealed class AlbumFilerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-album-").FullName;

    private string Out => Path.Combine(_folder, "sorted");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(FilingMode.Copy)]
    [InlineData(FilingMode.Link)]
    [InlineData(FilingMode.Move)]
    public void Everything_is_filed_and_all_of_it_is_taken_back(FilingMode mode)
    {
        string both = Picture("both.jpg"),
            one = Picture("one.jpg");
        AlbumPlan plan = Plan(("Ada", [both, one]), ("Bob", [both]));
        Dictionary<string, string> before = Content();

        FilingReport report = new AlbumFiler(Out, mode).File(plan, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((3, 0, 0), (report.Filed, report.AlreadyThere, report.Failed.Count));
        Assert.Equal("both.jpg", System.IO.File.ReadAllText(Path.Combine(Out, "Ada", "both.jpg")));
        Assert.Equal("both.jpg", System.IO.File.ReadAllText(Path.Combine(Out, "Bob", "both.jpg")));
        Assert.Equal(mode != FilingMode.Move, System.IO.File.Exists(one));

        UndoReport undone = AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken);
        Assert.Equal(3, undone.Undone);
        Assert.Empty(undone.Kept);
        Assert.Equal(before, Content());
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData(FilingMode.Copy)]
    [InlineData(FilingMode.Link)]
    public void Second_run_makes_nothing(FilingMode mode)
    {
        AlbumPlan plan = Plan(("Ada", [Picture("a.jpg")]), ("Bob", [Picture("b.jpg")]));
        File(plan, mode);
        FilingReport again = File(plan, mode);
        Assert.Equal((0, 2), (again.Filed, again.AlreadyThere));
        Assert.Null(again.Log);
    }

    [Fact]
    public void File_of_the_user_is_never_replaced()
    {
        string mine = Path.Combine(Out, "Ada", "a.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        System.IO.File.WriteAllText(mine, "the user's own");
        FilingReport report = File(Plan(("Ada", [Picture("a.jpg")])), FilingMode.Move);
        Assert.Equal("the user's own", System.IO.File.ReadAllText(mine));
        Assert.Equal("a.jpg", System.IO.File.ReadAllText(Path.Combine(Out, "Ada", "a (2).jpg")));
        AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken);
        Assert.Equal("the user's own", System.IO.File.ReadAllText(mine));
    }

    [Fact]
    public void Pictures_of_one_name_from_two_folders_stand_side_by_side()
    {
        AlbumPlan plan = Plan(("Ada", [Picture("x/a.jpg"), Picture("y/a.jpg")]));
        Assert.Equal(2, File(plan, FilingMode.Copy).Filed);
        Assert.Equal("y/a.jpg", System.IO.File.ReadAllText(Path.Combine(Out, "Ada", "a (2).jpg")));
        Assert.Equal(2, File(plan, FilingMode.Copy).AlreadyThere);
    }

    [Fact]
    public void Copy_that_was_changed_since_stays()
    {
        FilingReport report = File(Plan(("Ada", [Picture("a.jpg"), Picture("b.jpg")])), FilingMode.Copy);
        System.IO.File.AppendAllText(Path.Combine(Out, "Ada", "a.jpg"), "edited");
        UndoReport undone = AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken);
        Assert.Equal(1, undone.Undone);
        Assert.Equal("it was changed since", Assert.Single(undone.Kept).Reason);
        Assert.True(System.IO.File.Exists(report.Log), "the log is needed for what stays");
    }

    [Fact]
    public void Copy_that_was_changed_and_has_the_same_length_stays()
    {
        FilingReport report = File(Plan(("Ada", [Picture("a.jpg")])), FilingMode.Copy);
        string copy = Path.Combine(Out, "Ada", "a.jpg");
        System.IO.File.WriteAllText(copy, "A.JPG");
        UndoReport undone = AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken);
        Assert.Equal("it was changed since", Assert.Single(undone.Kept).Reason);
        Assert.Equal("A.JPG", System.IO.File.ReadAllText(copy));
    }

    [Theory]
    [InlineData("Copy")]
    [InlineData("Move")]
    [InlineData("Link")]
    public void Log_that_somebody_has_written_touches_nothing_outside_its_folder(string kind)
    {
        string mine = Picture("mine.jpg"),
            original = Picture("original.jpg"),
            log = Path.Combine(Out, "sort-log.jsonl");
        System.IO.File.Copy(mine, original, overwrite: true);
        Directory.CreateDirectory(Out);
        string from = kind == "Copy" ? original : Path.Combine(_folder, "elsewhere.jpg"),
            to = Path.Combine(Out, "..", "album", "mine.jpg");
        System.IO.File.WriteAllText(log, $$"""{"kind":"{{kind}}","to":"{{to}}","from":"{{from}}","length":8}""");
        UndoReport undone = AlbumUndo.Run(log, TestContext.Current.CancellationToken);
        Assert.Equal("it does not lie in the folder of the log", Assert.Single(undone.Kept).Reason);
        Assert.True(System.IO.File.Exists(mine));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"kind":"Copy","to":null}""")]
    [InlineData("""{"kind":"Copy","to":""}""")]
    [InlineData("""{"kind":"Copy","to":"a.jpg"}""")]
    [InlineData("""{"kind":"Copy","to":"/a\u0000.jpg"}""")]
    public void Line_that_is_no_step_is_named(string line)
    {
        string log = Picture("sort-log.jsonl");
        System.IO.File.WriteAllText(log, line);
        Assert.Throws<FilingLogException>(() => AlbumUndo.Run(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_copy_stays_when_its_original_is_gone()
    {
        string original = Picture("a.jpg");
        FilingReport report = File(Plan(("Ada", [original])), FilingMode.Copy);
        System.IO.File.Delete(original);
        UndoReport undone = AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken);
        Assert.StartsWith("it is the only copy", Assert.Single(undone.Kept).Reason, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(Path.Combine(Out, "Ada", "a.jpg")));
    }

    [Fact]
    public void Moved_picture_does_not_replace_what_came_to_its_place()
    {
        string original = Picture("a.jpg");
        FilingReport report = File(Plan(("Ada", [original])), FilingMode.Move);
        System.IO.File.WriteAllText(original, "another");
        Assert.Single(AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken).Kept);
        Assert.Equal("another", System.IO.File.ReadAllText(original));
    }

    [Fact]
    public void Log_that_was_cut_off_is_undone_as_far_as_it_goes()
    {
        FilingReport report = File(Plan(("Ada", [Picture("a.jpg")])), FilingMode.Move);
        System.IO.File.AppendAllText(report.Log!, "{\"kind\":\"Mo");
        Assert.Equal(1, AlbumUndo.Run(report.Log!, TestContext.Current.CancellationToken).Undone);
    }

    [Fact]
    public void Cancelled_filing_tells_what_was_done_and_can_be_undone()
    {
        using CancellationTokenSource stop = new();
        AlbumPlan plan = Plan(("Ada", [Picture("a.jpg"), Picture("b.jpg"), Picture("c.jpg")]));
        var cancelled = Assert.Throws<FilingCancelledException>(() =>
            new AlbumFiler(Out, FilingMode.Move).File(plan, new StopAfter(2, stop), stop.Token)
        );
        Assert.Equal(2, cancelled.Filed);
        Assert.Equal(2, AlbumUndo.Run(cancelled.Log!, TestContext.Current.CancellationToken).Undone);
        Assert.False(Directory.Exists(Out));
    }

    private sealed class StopAfter(int count, CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
                stop.Cancel();
        }
    }

    [Fact]
    public void Other_file_is_no_log()
    {
        string file = Picture("a.jpg");
        Assert.Throws<FilingLogException>(() => AlbumUndo.Run(file, TestContext.Current.CancellationToken));
    }

    private FilingReport File(AlbumPlan plan, FilingMode mode) =>
        new AlbumFiler(Out, mode).File(plan, cancellationToken: TestContext.Current.CancellationToken);

    private static AlbumPlan Plan(params (string Name, string[] Pictures)[] folders) =>
        new([.. folders.Select(folder => new AlbumFolder(folder.Name, AlbumFolderKind.Person, folder.Pictures))], []);

    private string Picture(string name)
    {
        string path = Path.Combine(_folder, "album", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, name);
        return path;
    }

    private Dictionary<string, string> Content() =>
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, System.IO.File.ReadAllText);
}
