using Semblance.Evaluation.Detection;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Detection;

public sealed class WiderFaceTruthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lists_are_read_when_plain_and_when_compressed(bool compressed)
    {
        Write(compressed, MatWriter.Numbers("", 1, 1, 2));
        IReadOnlyList<WiderFaceTruth> images = WiderFaceTruth.Read(_folder.Path, "easy");
        Assert.Equal(["0--Parade/one.jpg", "0--Parade/two.jpg", "1--Handshaking/three.jpg"], images.Select(image => image.File));
        Assert.Equal([new(10, 20, 30, 40), new(300.5f, 21, 31, 41)], images[0].Boxes);
        Assert.Equal([1], images[0].Counted);
        Assert.Empty(images[1].Boxes);
        Assert.Equal([0], images[2].Counted);
    }

    [Fact]
    public void Faces_that_do_not_exist_cannot_count()
    {
        Write(compressed: false, MatWriter.Numbers("", 1, 1, 3));
        Assert.Contains("has 2 faces", Assert.Throws<EvaluationException>(() => WiderFaceTruth.Read(_folder.Path, "easy")).Message);
    }

    [Fact]
    public void Missing_and_damaged_files_are_named()
    {
        Assert.Contains("wider_face_val.mat", Assert.Throws<EvaluationException>(() => WiderFaceTruth.Read(_folder.Path, "easy")).Message);
        Write(compressed: true, MatWriter.Numbers("", 1, 1, 1));
        byte[] whole = File.ReadAllBytes(_folder["wider_face_val.mat"]);
        for (int length = 0; length < whole.Length; length += 7)
        {
            _folder.Write("wider_face_val.mat", whole[..length]);
            Assert.Throws<EvaluationException>(() => WiderFaceTruth.Read(_folder.Path, "easy"));
        }
    }

    [Fact]
    public void Unknown_setting_is_refused() =>
        Assert.Contains("easy, medium, hard", Assert.Throws<EvaluationException>(() => WiderFaceTruth.Read("x", "harder")).Message);

    private void Write(bool compressed, byte[] counted)
    {
        _folder.Write(
            "wider_face_val.mat",
            MatWriter.File(
                compressed,
                MatWriter.Cells("event_list", 2, 1, MatWriter.Text("", "0--Parade"), MatWriter.Text("", "1--Handshaking")),
                MatWriter.Cells(
                    "file_list",
                    2,
                    1,
                    MatWriter.Cells("", 2, 1, MatWriter.Text("", "one"), MatWriter.Text("", "two")),
                    MatWriter.Cells("", 1, 1, MatWriter.Text("", "three"))
                ),
                MatWriter.Cells(
                    "face_bbx_list",
                    2,
                    1,
                    MatWriter.Cells("", 2, 1, MatWriter.Numbers("", 2, 4, 10, 300.5, 20, 21, 30, 31, 40, 41), MatWriter.Numbers("", 0, 4)),
                    MatWriter.Cells("", 1, 1, MatWriter.Numbers("", 1, 4, 1, 2, 3, 4))
                )
            )
        );
        _folder.Write(
            "wider_easy_val.mat",
            MatWriter.File(
                compressed,
                MatWriter.Cells(
                    "gt_list",
                    2,
                    1,
                    MatWriter.Cells("", 2, 1, counted, MatWriter.Numbers("", 0, 0)),
                    MatWriter.Cells("", 1, 1, MatWriter.Numbers("", 1, 1, 1))
                )
            )
        );
    }
}
