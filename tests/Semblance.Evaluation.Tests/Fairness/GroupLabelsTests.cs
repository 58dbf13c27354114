using Semblance.Evaluation.Fairness;
using Semblance.Training.Tests.Support;

namespace Semblance.Evaluation.Tests.Fairness;

public sealed class GroupLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Age_groups_are_made_from_ages_and_every_two_columns_are_crossed()
    {
        string file = _folder.Write("labels.csv", "file,gender,age\na.jpg,male,2\nb.jpg,female,30\nc.jpg,,60\n");
        IReadOnlyList<Grouping> groupings = GroupLabels.Read(file, ["gender", "age_group"]).All(["a.jpg", "b.jpg", "c.jpg", "d.jpg"]);
        Assert.Equal(["gender", "age_group", "gender × age_group"], groupings.Select(g => g.Name));
        Assert.Equal([1, 0, -1, -1], groupings[0].GroupOf);
        Assert.Equal(["0–2", "30–59", "60+"], groupings[1].Groups);
        Assert.Equal(["female × 30–59", "male × 0–2"], groupings[2].Groups);
    }

    [Fact]
    public void Column_without_a_label_is_named()
    {
        string file = _folder.Write("labels.csv", "file,gender\na.jpg,male\n");
        Assert.Contains("column race", Assert.Throws<EvaluationException>(() => GroupLabels.Read(file, ["gender", "race"])).Message);
    }

    [Theory]
    [InlineData(0, "0–2")]
    [InlineData(2.9, "0–2")]
    [InlineData(3, "3–6")]
    [InlineData(17, "13–17")]
    [InlineData(18, "18–29")]
    [InlineData(100, "60+")]
    public void Ages_fall_into_their_group(double years, string group) => Assert.Equal(group, AgeBands.Of(years));
}
