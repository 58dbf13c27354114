using Semblance.Writing;

namespace Semblance.Tests.Writing;

public class CsvTextTests
{
    [Theory]
    [InlineData("photo.jpg", "photo.jpg")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-x.jpg", "'-x.jpg")]
    [InlineData("@SUM", "'@SUM")]
    [InlineData("\t=1", "\"'\t=1\"")]
    public void Cell_is_quoted_and_never_a_formula(string text, string expected) => Assert.Equal(expected, CsvText.Cell(text));
}
