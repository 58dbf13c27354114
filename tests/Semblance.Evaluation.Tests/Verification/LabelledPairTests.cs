using Semblance.Evaluation.Verification;
using Semblance.TestSupport;

namespace Semblance.Evaluation.Tests.Verification;

public sealed class LabelledPairTests
{
    [Fact]
    public void Read_takes_quoted_names_and_folds()
    {
        LabelledPair pair = Assert.Single(Read("image_a,image_b,same,fold\n\"a, b.jpg\",ä.jpg,1,3\n"));
        Assert.Equal(new LabelledPair("a, b.jpg", "ä.jpg", true, 3), pair);
    }

    [Theory]
    [InlineData("image_a,image_b,same\na.jpg,b.jpg,1\na.jpg,b.jpg,maybe\n", "line 3")]
    [InlineData("image_a,image_b\na.jpg,b.jpg\n", "no column same")]
    [InlineData("image_a,image_b,same\n", "no pairs")]
    [InlineData("image_a,image_b,same\n,b.jpg,1\n", "line 2")]
    [InlineData("image_a,image_b,same\na.jpg,b.jpg\n", "line 2")]
    [InlineData("image_a,image_b,same,fold\na.jpg,b.jpg,1,0\na.jpg,b.jpg,1,1.5\n", "line 3")]
    [InlineData("image_a,image_b,same,fold\na.jpg,b.jpg,1,0\na.jpg,b.jpg,1,\n", "some rows have a fold")]
    [InlineData("", "no column image_a, image_b, same")]
    public void Read_names_what_is_wrong_and_where(string content, string expected)
    {
        EvaluationException error = Assert.Throws<EvaluationException>(() => Read(content));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void The_LFW_list_has_as_many_same_as_different_pairs()
    {
        string folder = ReferenceData.RequireUnpacked("data/lfw-view1.tar");
        IReadOnlyList<LabelledPair> pairs = LabelledPair.Read(Path.Combine(folder, "pairs.csv"));
        Assert.Equal(500, pairs.Count(pair => pair.Same));
        Assert.Equal(500, pairs.Count(pair => !pair.Same));
    }

    private static IReadOnlyList<LabelledPair> Read(string content)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            return LabelledPair.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
