using Semblance.Evaluation.Calibration;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Calibration;

public sealed class CalibrationPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Number_of_copies_is_the_pictures_own_or_nobodys_when_labels_are_read()
    {
        IReadOnlyList<CalibrationPicture> read = Read("file,gender,age,copies\na.jpg,male,30,5\nb.jpg,female,5,\nc.jpg,,,0\n");
        Assert.Equal([5, null, 0], read.Select(picture => picture.Copies));
        Assert.Equal(["male/30-59", "female/3-6", ""], read.Select(picture => picture.Kind));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("101")]
    [InlineData("many")]
    public void Impossible_number_of_copies_is_refused_with_its_line(string copies)
    {
        EvaluationException error = Assert.Throws<EvaluationException>(() => Read($"file,copies\na.jpg,{copies}\n"));
        Assert.Contains("copies", error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<CalibrationPicture> Read(string csv)
    {
        _folder.Write("labels.csv", System.Text.Encoding.UTF8.GetBytes(csv));
        return CalibrationPicture.Read(_folder["labels.csv"]);
    }
}
