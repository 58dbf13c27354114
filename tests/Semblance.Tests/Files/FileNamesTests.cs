using Semblance.Files;

namespace Semblance.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("王小明 😀", "王小明 😀")]
    [InlineData("a/b\\c:d", "a_b_c_d")]
    [InlineData("../../etc", "_.._etc")]
    [InlineData("..", "Unnamed")]
    [InlineData("???", "Unnamed")]
    [InlineData("  ends. ", "ends")]
    [InlineData("con", "_con")]
    [InlineData("LPT1.txt", "_LPT1.txt")]
    [InlineData("two\nlines", "two_lines")]
    public void Name_is_made_fit_for_every_file_system(string text, string name) => Assert.Equal(name, FileNames.From(text, "Unnamed"));

    [Fact]
    public void Long_name_is_cut_between_characters()
    {
        string name = FileNames.From(string.Concat(Enumerable.Repeat("😀", 200)), "Unnamed");
        Assert.Equal(100, name.Length);
        Assert.False(char.IsHighSurrogate(name[^1]));
    }
}
