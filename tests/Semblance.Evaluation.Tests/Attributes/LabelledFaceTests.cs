using Semblance.Evaluation.Attributes;
using Semblance.Models;

namespace Semblance.Evaluation.Tests.Attributes;

public sealed class LabelledFaceTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Rows_of_a_split_are_read_with_their_groups()
    {
        File.WriteAllText(_file, "file,age,gender,race,split\na.jpg,24,Male,Black,train\nb.jpg,7,female,White,val\n");
        LabelledFace face = Assert.Single(LabelledFace.Read(_file, ModelKind.Gender, "val"));
        Assert.Equal(new("b.jpg", 7, "female", null, "White"), face);
    }

    [Theory]
    [InlineData("file,age\na.jpg,999\n", "line 2")]
    [InlineData("file,age\na.jpg,old\n", "'old'")]
    [InlineData("file,age\na.jpg,\n", "age is empty")]
    [InlineData("file,gender\na.jpg,male\n", "no column age")]
    [InlineData("file,age\n", "no rows")]
    public void Labels_that_are_wrong_are_named(string content, string named)
    {
        File.WriteAllText(_file, content);
        Assert.Contains(named, Assert.Throws<EvaluationException>(() => LabelledFace.Read(_file, ModelKind.Age)).Message);
    }
}
