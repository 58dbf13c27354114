using Semblance.Writing;

namespace Semblance.Tests.Writing;

public class NearestWordTests
{
    private static readonly string[] Words = ["analyze", "detect", "verify", "--annotate", "--min-face", "--min-score"];

    [Theory]
    [InlineData("analyse", "analyze")]
    [InlineData("detetc", "detect")]
    [InlineData("VERIFY", "verify")]
    [InlineData("--anotate", "--annotate")]
    [InlineData("--minface", "--min-face")]
    public void Nearest_word_is_found(string typed, string expected) => Assert.Equal(expected, NearestWord.Find(typed, Words));

    [Theory]
    [InlineData("cluster")]
    [InlineData("x")]
    [InlineData("--store")]
    public void None_is_found_where_none_is_near(string typed) => Assert.Null(NearestWord.Find(typed, Words));
}
