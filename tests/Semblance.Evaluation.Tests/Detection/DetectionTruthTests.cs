using Semblance.Evaluation.Detection;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Detection;

public sealed class DetectionTruthTests
{
    [Fact]
    public void Wider_format_gives_boxes_and_the_invalid_flag()
    {
        TruthImage[] images = [.. Read("a/x.jpg\n2\n1 2 30 40 0 0 0 0 0 0\n5 6 7 8 0 0 0 1 0 0\nb/y.jpg\n0\n0 0 0 0 0 0 0 0 0 0\n")];
        Assert.Equal(["a/x.jpg", "b/y.jpg"], images.Select(image => image.File));
        Assert.Equal([new(new(1, 2, 30, 40), false), new(new(5, 6, 7, 8), true)], images[0].Boxes);
        Assert.Empty(images[1].Boxes);
    }

    [Fact]
    public void RetinaFace_format_starts_pictures_with_a_hash()
    {
        TruthImage[] images = [.. Read("# a/x.jpg\n1 2 30 40 9 9 0.0 9 9 0.0\n# b/y.jpg\n")];
        Assert.Equal(new TruthBox(new(1, 2, 30, 40), false), Assert.Single(images[0].Boxes));
        Assert.Equal("b/y.jpg", images[1].File);
    }

    [Fact]
    public void Csv_groups_rows_by_file() =>
        Assert.Equal(
            [2, 1],
            Read("file,x,y,width,height,ignore\na.jpg,1,2,3,4,0\na.jpg,5,6,7,8,1\nb.jpg,1,1,1,1,\n").Select(image => image.Boxes.Count)
        );

    [Fact]
    public void Wider_format_may_leave_out_the_line_of_zeros()
    {
        TruthImage[] images = [.. Read("a/x.jpg\n0\nb/y.jpg\n1\n1 2 30 40 0 0 0 0 0 0\n")];
        Assert.Equal(["a/x.jpg", "b/y.jpg"], images.Select(image => image.File));
        Assert.Equal([0, 1], images.Select(image => image.Boxes.Count));
    }

    [Fact]
    public void Wider_format_may_have_commas_in_names() =>
        Assert.Equal("a/x, y.jpg", Assert.Single(Read("a/x, y.jpg\n1\n1 2 30 40 0 0 0 0 0 0\n")).File);

    [Theory]
    [InlineData("a.jpg\n2\n1 2 3 4\n", "line 3")]
    [InlineData("a.jpg\nmany\n", "line 2")]
    [InlineData("a.jpg\n1\n1 2 three 4\n", "line 3")]
    [InlineData("file,x,y,width,height\na.jpg,1,2,3,wide\n", "line 2")]
    [InlineData("", "empty")]
    [InlineData("a.jpg\n1\n1 2 -3 4\n", "line 3")]
    [InlineData("a.jpg\n1\n1 2 3\n", "line 3")]
    [InlineData("# a.jpg\n1 2 3 4\n1 2 3\n", "line 3")]
    [InlineData("file,x,y,width,height\na.jpg,1,2,3,4\na.jpg,1,2,3,-4\n", "line 3")]
    [InlineData("file,x,y,height\na.jpg,1,2,3\n", "no column width")]
    public void Errors_name_the_line(string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<EvaluationException>(() => Read(content)).Message);

    [Fact]
    public void The_WIDER_file_has_its_published_counts()
    {
        string folder = ReferenceData.RequireUnpacked("data/wider-val50.tar");
        IReadOnlyList<TruthImage> images = DetectionTruth.Read(Path.Combine(folder, "wider_val50_bbx_gt.txt"));
        Assert.Equal(50, images.Count);
        Assert.Equal(898, images.Sum(image => image.Boxes.Count));
        Assert.Equal(79, images.Sum(image => image.Boxes.Count(box => box.Ignore)));
    }

    private static IReadOnlyList<TruthImage> Read(string content)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            return DetectionTruth.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
